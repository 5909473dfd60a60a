package org.liveupdate.kexec.supervisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words behind a command: options, as {@code --name} or as {@code --name VALUE} and {@code --name=VALUE}, in any order
 * between operands; behind {@code --} everything is an operand.
 */
final class Arguments {
    private final Map<String, String> options = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Arguments() {}

    /**
     * Takes words apart.
     *
     * @param flags
     *            options without value
     * @param valued
     *            options with a value
     * @throws UsageException
     *             for any other option, a missing, superfluous or second value
     */
    static Arguments parse(List<String> words, Set<String> flags, Set<String> valued) throws UsageException {
        Arguments arguments = new Arguments();
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            if (word.equals("--")) {
                arguments.operands.addAll(words.subList(index + 1, words.size()));
                break;
            }
            if (!word.startsWith("-")) {
                arguments.operands.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (flags.contains(word)) {
                arguments.put(word, "");
            } else if (flags.contains(name)) {
                throw new UsageException("the option " + name + " takes no value");
            } else if (!valued.contains(name)) {
                throw new UsageException("there is no option " + name + " here");
            } else if (equals >= 0) {
                arguments.put(name, word.substring(equals + 1));
            } else if (++index < words.size()) {
                arguments.put(name, words.get(index));
            } else {
                throw new UsageException("the option " + name + " needs a value");
            }
        }
        return arguments;
    }

    private void put(String name, String value) throws UsageException {
        if (options.put(name, value) != null) {
            throw new UsageException("the option " + name + " is there twice");
        }
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    List<String> operands() {
        return operands;
    }
}
