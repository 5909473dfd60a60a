package org.liveupdate.shell.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Columns of text, as wide as what is in them. Not thread safe. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final BitSet right = new BitSet();
    private final int[] widths;

    private TextTable(int columns) {
        this.widths = new int[columns];
    }

    /** A table with a row of headings. */
    static TextTable of(String... headings) {
        TextTable table = new TextTable(headings.length);
        table.row((Object[]) headings);
        return table;
    }

    /** Two columns: what, and how it is. */
    static TextTable facts() {
        return new TextTable(2);
    }

    /** Numbers end in one line; columns count from 0. */
    TextTable alignRight(int... columns) {
        for (int column : columns) {
            right.set(column);
        }
        return this;
    }

    /** Appends a row with a cell for each column; null is shown as nothing, other things as their string. */
    void row(Object... cells) {
        String[] texts = new String[widths.length];
        for (int column = 0; column < widths.length; column++) {
            texts[column] = cells[column] == null ? "" : cells[column].toString();
            widths[column] = Math.max(widths[column], texts[column].length());
        }
        rows.add(texts);
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
