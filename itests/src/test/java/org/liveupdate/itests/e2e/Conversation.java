package org.liveupdate.itests.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands of a README, and what it says they print. A number stands for any number, blanks for any number of them,
 * {@code ...} in a line for anything, and as a line for any lines.
 *
 * @param steps
 *            in the order of the text
 */
record Conversation(List<Step> steps) {
    private static final String BEGIN = "```console";
    private static final String END = "```";
    private static final String PROMPT = "g! ";
    private static final String ANYTHING = "...";

    /**
     * One command.
     *
     * @param command
     *            what is typed
     * @param answer
     *            the lines behind it
     */
    record Step(String command, List<String> answer) {
        /** Whether this was answered. */
        boolean matches(List<String> lines) {
            String pattern = answer.stream().map(Step::pattern).collect(Collectors.joining());
            String text = lines.stream().map(line -> shape(line) + "\n").collect(Collectors.joining());
            return Pattern.matches(pattern, text);
        }

        private static String pattern(String line) {
            return line.equals(ANYTHING) ? "(?:.*\n)*?"
                    : Arrays.stream(shape(line).split(Pattern.quote(ANYTHING), -1)).map(Pattern::quote)
                            .collect(Collectors.joining(".*")) + "\n";
        }

        private static String shape(String line) {
            return line.strip().replaceAll("\\d+", "#").replaceAll(" +", " ");
        }
    }

    /** Those in the blocks that are marked as a console. */
    static Conversation in(Path readme) throws Exception {
        List<Step> steps = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(readme)) {
            if (line.equals(BEGIN)) {
                inside = true;
            } else if (line.equals(END)) {
                inside = false;
            } else if (inside && line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (inside) {
                steps.get(steps.size() - 1).answer().add(line);
            }
        }
        return new Conversation(steps);
    }
}
