package org.liveupdate.inspector;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the words behind the command ask for.
 *
 * @param action
 *            what to do
 * @param options
 *            how
 * @param paths
 *            with what
 */
record Request(Action action, Set<Option> options, List<Path> paths) {
    /** What can be done. */
    enum Action {
        SHOW(1), VERIFY(1), DIFF(2), HELP(0);

        private final int paths;

        Action(int paths) {
            this.paths = paths;
        }
    }

    /** How. */
    enum Option {
        JSON, BLOCKS
    }

    /**
     * Takes the words apart: options anywhere before {@code --}, and {@code verify} or {@code diff} as the first of the
     * other words.
     *
     * @throws WrongUse
     *             for an option that does not exist here, or the wrong number of paths
     */
    static Request parse(List<String> words) throws WrongUse {
        Set<Option> options = EnumSet.noneOf(Option.class);
        List<String> operands = new ArrayList<>();
        int end = words.contains("--") ? words.indexOf("--") : words.size();
        for (String word : words.subList(0, end)) {
            switch (word) {
                case "--json" -> options.add(Option.JSON);
                case "--blocks" -> options.add(Option.BLOCKS);
                case "--help", "-h" -> {
                    return new Request(Action.HELP, options, List.of());
                }
                default -> {
                    if (word.startsWith("-")) {
                        throw new WrongUse("there is no option " + Plain.text(word) + " here");
                    }
                    operands.add(word);
                }
            }
        }
        Action action = operands.isEmpty() ? Action.SHOW : switch (operands.get(0)) {
            case "verify" -> Action.VERIFY;
            case "diff" -> Action.DIFF;
            default -> Action.SHOW;
        };
        if (action != Action.SHOW) {
            operands.remove(0);
        }
        operands.addAll(words.subList(Math.min(end + 1, words.size()), words.size()));
        return new Request(action, options, paths(action, operands));
    }

    boolean has(Option option) {
        return options.contains(option);
    }

    private static List<Path> paths(Action action, List<String> operands) throws WrongUse {
        if (operands.size() != action.paths) {
            throw new WrongUse("expected " + Sizes.count(action.paths, "path") + ", found " + operands.size());
        }
        List<Path> paths = new ArrayList<>();
        for (String operand : operands) {
            try {
                paths.add(Path.of(operand));
            } catch (InvalidPathException e) {
                throw new WrongUse('"' + Plain.text(operand) + "\" cannot be the name of a file");
            }
        }
        return paths;
    }
}
