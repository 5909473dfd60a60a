package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest with memory and devices, as the README shows it, and what is said about it. */
@Timeout(600)
class VmE2eIT {
    /** A profile makes more of them. */
    private static final int UPDATES = Integer.getInteger("liveupdate.vm.generations", 3);
    private static final String DEVICE = "  0000:0[12]:00\\.0 .*";
    private static final double HEAP_GROWTH = 1.5;
    private static final long SLACK = 4;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"liveupdate.jar", "liveupdate.equinox.jar"})
    void aGuestGoesThroughLiveUpdatesWhileItsDevicesWork(String jar) throws Exception {
        Liveupdate liveupdate = new Liveupdate(temporary).jar(Liveupdate.jar(jar));
        try (Run run = liveupdate.start("vm", "--generations", UPDATES)) {
            Outcome outcome = run.end().succeeded();

            assertEquals("OK: 1 guest, 2 devices, " + UPDATES + (UPDATES == 1 ? " live update" : " live updates")
                    + ", nothing lost", outcome.out().get(outcome.out().size() - 1));
            assertEquals(2 * UPDATES, outcome.out().stream().filter(line -> line.matches(DEVICE)).count(),
                    "what each device wrote during each blackout: " + outcome);
            for (String flb : List.of("hugetlb-v1", "iommu-liveupdate", "pci")) {
                assertEquals(UPDATES, outcome.out().stream().filter(line -> line.matches("  " + flb + "( +1){3}"))
                        .count(), () -> flb + " is preserved, retrieved and finished once each time: " + outcome);
            }
            assertNothingGrows(outcome);
        }
        assertEquals(List.of(), liveupdate.rubbish());
    }

    /** Pages, heap in bytes, threads and open files: the second generation against the last. */
    private static void assertNothingGrows(Outcome outcome) {
        List<String[]> rows = outcome.out().stream().map(line -> line.strip().split(" {2,}"))
                .filter(cells -> cells.length == 5 && cells[0].matches("[0-9]+") && cells[2].endsWith("iB")).toList();
        assertEquals(UPDATES, rows.size(), outcome::toString);
        String[] first = rows.get(Math.min(1, rows.size() - 1));
        String[] last = rows.get(rows.size() - 1);
        assertEquals(rows.get(0)[1], last[1], "pages of handover memory");
        assertTrue(mebibytes(last) <= mebibytes(first) * HEAP_GROWTH, outcome::toString);
        assertTrue(Long.parseLong(last[3]) <= Long.parseLong(first[3]) + SLACK, outcome::toString);
        assertTrue(Long.parseLong(last[4]) <= Long.parseLong(first[4]) + SLACK, outcome::toString);
    }

    private static double mebibytes(String[] row) {
        return Double.parseDouble(row[2].substring(0, row[2].indexOf(' ')));
    }

    @Test
    void nothingBelongsBehindIt() throws Exception {
        try (Run run = new Liveupdate(temporary).start("vm", "guest")) {
            Outcome outcome = run.end().failed(2);

            assertEquals(List.of(), outcome.out());
            assertTrue(outcome.err().get(0).contains("one word too many"), outcome::toString);
        }
    }
}
