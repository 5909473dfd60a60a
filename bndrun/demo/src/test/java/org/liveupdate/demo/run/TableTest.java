package org.liveupdate.demo.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table =
                new Table().left("name").right("bytes").left("").row("a", "1", "x").row("longer", "1,000,000", "");
        assertEquals(List.of("name        bytes", "------  ---------  -", "a               1  x", "longer  1,000,000"),
                table.lines(10));
    }

    @Test
    void ofTooManyRowsTheFirstAndTheLastAreShown() {
        Table table = new Table().right("n");
        for (int row = 1; row <= 10; row++) {
            table.row(Integer.toString(row));
        }
        assertEquals(List.of(" n", "--", " 1", " 2", "... and 7 more", "10"), table.lines(3));
        assertEquals(12, table.lines(10).size());
    }

    @Test
    void aTableWithoutRowsHasItsHeadings() {
        assertEquals(List.of("name", "----"), new Table().left("name").lines(5));
    }

    @Test
    void aRowHasOneCellForEachColumn() {
        assertThrows(IllegalArgumentException.class, () -> new Table().left("a").left("b").row("one"));
    }
}
