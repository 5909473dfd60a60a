package org.liveupdate.shell;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Columns of text, as wide as what is in them. Not thread safe. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final BitSet right = new BitSet();
    private final int[] widths;

    /** A table with its headings. */
    TextTable(String... headings) {
        this.widths = new int[headings.length];
        row(headings);
    }

    /** Numbers end in one line; columns count from 0. */
    TextTable alignRight(int column) {
        right.set(column);
        return this;
    }

    /** Appends a row with a cell for each column, none null. */
    void row(String... cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], cells[column].length());
        }
        rows.add(cells);
    }

    /** All rows, without blanks or a line break at their ends. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (String[] cells : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < cells.length; column++) {
                String padding = " ".repeat(widths[column] - cells[column].length());
                line.append(right.get(column) ? padding + cells[column] : cells[column] + padding).append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }
}
