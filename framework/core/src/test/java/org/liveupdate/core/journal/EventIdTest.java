package org.liveupdate.core.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever reads an id in a log finds it in the table of the README. */
class EventIdTest {
    private static String row(EventId event) {
        return "| " + event + " | " + event.kind() + " | " + event.severity() + " | " + event.meaning() + " |";
    }

    @Test
    void theTableOfTheReadmeSaysWhatIsWrittenDown() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md")).stream().filter(line -> line.startsWith("| LU"))
                .toList();
        assertEquals(Arrays.stream(EventId.values()).map(EventIdTest::row).collect(Collectors.joining("\n")),
                String.join("\n", rows));
    }

    @Test
    void idsAreDistinctAndInOrder() {
        List<String> ids = Arrays.stream(EventId.values()).map(EventId::toString).toList();
        assertTrue(ids.stream().allMatch(id -> id.matches("LU[0-9]{4}")), ids::toString);
        assertEquals(ids.stream().distinct().sorted().toList(), ids);
    }
}
