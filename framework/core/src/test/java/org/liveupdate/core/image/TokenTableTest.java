package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.liveupdate.core.image.ImageModel.FileEntry;

/** Positions by token, against the map of the JDK, and files in columns. */
class TokenTableTest {
    private static final int STEPS = 20_000;

    @Test
    void itIsTheMapOfTheJdkForTokensThatCollideAndTokensThatDoNot() {
        TokenTable table = new TokenTable(0);
        Map<Long, Integer> expected = new HashMap<>();
        Random random = new Random(1);
        for (int step = 0; step < STEPS; step++) {
            long token = random.nextBoolean() ? random.nextInt(STEPS) : (long) random.nextInt(STEPS) << 52;
            Integer before = expected.put(token, step);
            assertEquals(before == null ? -1 : before, table.put(token, step), "step " + step);
        }
        expected.forEach((token, position) -> assertEquals(position, table.get(token)));
        assertEquals(-1, table.get(-1));
    }

    @Test
    void anyTokenIsLegal() {
        TokenTable table = new TokenTable(3);
        for (long token : new long[]{0, -1, Long.MIN_VALUE}) {
            assertEquals(-1, table.put(token, 5));
            assertEquals(5, table.get(token));
        }
    }

    @Test
    void filesInColumnsAreTheFiles() {
        List<FileEntry> files = List.of(new FileEntry("h", 1, 10, List.of("a"), 3, "o"),
                new FileEntry("i", 2, 20, List.of(), 0, "o"), new FileEntry("h", 4, -1, List.of("a"), 0, "o"));
        FileList columns = FileList.of(files);
        assertEquals(files, columns);
        assertEquals(2, columns.kinds().size());
        assertEquals(columns.kind(0), columns.kind(2));
        assertEquals(2, columns.position(-1));
        assertEquals(-1, columns.position(30));
    }
}
