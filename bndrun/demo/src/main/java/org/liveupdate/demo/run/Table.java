package org.liveupdate.demo.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows under headings, in columns as wide as their widest cell. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> headings = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of text. */
    public Table left(String heading) {
        return column(heading, false);
    }

    /** Adds a column of numbers. */
    public Table right(String heading) {
        return column(heading, true);
    }

    private Table column(String heading, boolean toTheRight) {
        headings.add(heading);
        right.add(toTheRight);
        return this;
    }

    /** Adds a row, one cell for each column. */
    public Table row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + headings.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /**
     * The table as lines without trailing blanks.
     *
     * @param most
     *            how many rows to show; of more, the first and the last are shown and the number of the others between
     */
    public List<String> lines(int most) {
        List<List<String>> shown = new ArrayList<>();
        shown.add(headings);
        shown.add(Collections.nCopies(headings.size(), ""));
        int head = rows.size() <= most ? rows.size() : (most + 1) / 2;
        int tail = rows.size() <= most ? 0 : most - head;
        shown.addAll(rows.subList(0, head));
        shown.addAll(rows.subList(rows.size() - tail, rows.size()));
        int[] widths = widths(shown);
        List<String> lines = new ArrayList<>();
        for (List<String> row : shown) {
            lines.add(line(row, widths));
        }
        lines.set(1, dashes(widths));
        if (head + tail < rows.size()) {
            lines.add(2 + head, "... and " + (rows.size() - head - tail) + " more");
        }
        return lines;
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String blanks = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(right.get(column) ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static String dashes(int[] widths) {
        List<String> dashes = new ArrayList<>();
        for (int width : widths) {
            dashes.add("-".repeat(width));
        }
        return String.join(GAP, dashes);
    }
}
