package org.liveupdate.core.coverage;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints the line and branch coverage of each package of the core, and the classes with uncovered branches. */
public final class CoverageTable {
    private static final int PACKAGE = 1;
    private static final int CLASS = 2;
    private static final int BRANCH_MISSED = 5;
    private static final int BRANCH_COVERED = 6;
    private static final int LINE_MISSED = 7;
    private static final int LINE_COVERED = 8;

    private CoverageTable() {}

    /** Missed and covered. */
    private static final class Share {
        private int missed;
        private int covered;

        void add(String missedMore, String coveredMore) {
            missed += Integer.parseInt(missedMore);
            covered += Integer.parseInt(coveredMore);
        }

        @Override
        public String toString() {
            int all = missed + covered;
            return all == 0 ? "-" : String.format("%.1f %% (%d of %d)", 100.0 * covered / all, covered, all);
        }
    }

    /**
     * Prints the table.
     *
     * @param arguments
     *            the CSV report of JaCoCo
     * @throws IOException
     *             it cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        List<String> rows = Files.readAllLines(Path.of(arguments[0]));
        Map<String, Share> lines = new TreeMap<>();
        Map<String, Share> branches = new TreeMap<>();
        Map<String, Integer> uncovered = new TreeMap<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            lines.computeIfAbsent(cells[PACKAGE], key -> new Share()).add(cells[LINE_MISSED], cells[LINE_COVERED]);
            branches.computeIfAbsent(cells[PACKAGE], key -> new Share()).add(cells[BRANCH_MISSED],
                    cells[BRANCH_COVERED]);
            if (!cells[BRANCH_MISSED].equals("0")) {
                uncovered.put(cells[PACKAGE] + '.' + cells[CLASS], Integer.valueOf(cells[BRANCH_MISSED]));
            }
        }
        PrintStream out = System.out;
        out.println("coverage of the core by its unit tests");
        lines.forEach((name, share) -> out.printf("  %-28s lines %-24s branches %s%n", name, share,
                branches.get(name)));
        out.println("  uncovered branches " + uncovered);
    }
}
