package org.liveupdate.inspector;

import java.util.ArrayList;
import java.util.List;

/** Indented lines; those of one group have their columns aligned. */
final class Outline {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();
    private final List<String[]> group = new ArrayList<>();
    private int groupDepth;

    /** A line of its own. */
    Outline line(int depth, String line) {
        endGroup();
        text.append(STEP.repeat(depth)).append(line).append('\n');
        return this;
    }

    /** A row, aligned with the rows of the same depth before and behind it. */
    Outline row(int depth, String... cells) {
        if (depth != groupDepth) {
            endGroup();
            groupDepth = depth;
        }
        group.add(cells);
        return this;
    }

    private void endGroup() {
        int columns = group.stream().mapToInt(cells -> cells.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] cells : group) {
            for (int i = 0; i < cells.length; i++) {
                widths[i] = Math.max(widths[i], cells[i].length());
            }
        }
        for (String[] cells : group) {
            StringBuilder line = new StringBuilder(STEP.repeat(groupDepth));
            for (int i = 0; i < cells.length; i++) {
                line.append(cells[i]).append(" ".repeat(widths[i] - cells[i].length() + STEP.length()));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        group.clear();
    }

    @Override
    public String toString() {
        endGroup();
        return text.toString();
    }
}
