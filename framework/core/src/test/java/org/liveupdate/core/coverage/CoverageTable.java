package org.liveupdate.core.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints the line and branch coverage of each package of the core. Every uncovered branch of registry, life cycles,
 * sessions and image has to be explained in {@code coverage/explained.txt}.
 */
public final class CoverageTable {
    private static final String EXPLAINED = "/coverage/explained.txt";
    private static final Set<String> CHECKED = Set.of("luo", "image");

    private CoverageTable() {}

    /**
     * Prints the table.
     *
     * @param arguments
     *            the XML report of JaCoCo
     * @throws IOException
     *             it cannot be read
     * @throws IllegalStateException
     *             branches are uncovered and not explained, or explained and covered
     */
    public static void main(String[] arguments) throws IOException {
        CoverageReport report = new CoverageReport(Path.of(arguments[0]));
        Explanations explanations = explanations();
        Map<String, Integer> uncovered = report.uncovered.entrySet().stream()
                .filter(entry -> CHECKED.contains(entry.getKey().substring(0, entry.getKey().indexOf('.'))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        PrintStream out = System.out;
        out.println("coverage of the core by its unit tests");
        report.lines.forEach((name, share) -> out.printf("  %-8s lines %-24s branches %s%n", name, share,
                report.branches.get(name)));
        out.println("  uncovered branches of " + String.join(" and ", CHECKED.stream().sorted().toList()) + ": "
                + uncovered.values().stream().mapToInt(Integer::intValue).sum() + ", explained: at most "
                + explanations.count());
        List<String> differences = explanations.differences(uncovered);
        if (!differences.isEmpty()) {
            throw new IllegalStateException("src/test/resources" + EXPLAINED
                    + " and the coverage do not agree:\n  " + String.join("\n  ", differences));
        }
    }

    private static Explanations explanations() throws IOException {
        try (InputStream text = CoverageTable.class.getResourceAsStream(EXPLAINED)) {
            return new Explanations(new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
    }
}
