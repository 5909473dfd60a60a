package org.liveupdate.core.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why some branches are not covered. One line for each method:
 *
 * <pre>
 *   package.Class.method 2: reason               exactly two branches
 *   package.Class.method 0 to 2: reason          as threads happen to run
 * </pre>
 */
final class Explanations {
    private static final Pattern LINE = Pattern.compile("(\\S+) (\\d+)(?: to (\\d+))?: (.+)");

    /** How many branches are explained. */
    private record Range(int least, int most) {}

    private final Map<String, Range> byMethod = new TreeMap<>();

    /** Takes lines in that form; empty ones and those that begin with {@code #} say nothing. */
    Explanations(List<String> lines) {
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    throw new IllegalArgumentException("no explanation of uncovered branches: " + line);
                }
                int least = Integer.parseInt(parts.group(2));
                int most = parts.group(3) == null ? least : Integer.parseInt(parts.group(3));
                if (byMethod.put(parts.group(1), new Range(least, most)) != null) {
                    throw new IllegalArgumentException("explained twice: " + parts.group(1));
                }
            }
        }
    }

    /** How many branches are explained at most. */
    int count() {
        return byMethod.values().stream().mapToInt(Range::most).sum();
    }

    /** What does not agree with the explanations, in sentences. */
    List<String> differences(Map<String, Integer> uncovered) {
        TreeSet<String> methods = new TreeSet<>(byMethod.keySet());
        methods.addAll(uncovered.keySet());
        List<String> differences = new ArrayList<>();
        for (String method : methods) {
            Range range = byMethod.getOrDefault(method, new Range(0, 0));
            int missed = uncovered.getOrDefault(method, 0);
            if (missed > range.most) {
                differences.add(method + " has " + missed + " uncovered branches, of which " + range.most
                        + " are explained: cover them, remove them, or explain them");
            } else if (missed < range.least) {
                differences.add(method + " has " + missed + " uncovered branches, but " + range.least
                        + " are explained: correct the explanation");
            }
        }
        return differences;
    }
}
