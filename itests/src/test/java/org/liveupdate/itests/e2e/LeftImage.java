package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a stopped run leaves, and how the next one goes on with it. */
final class LeftImage {
    private static final int TERMINATED = 143;

    private LeftImage() {}

    /**
     * Stops a demo when all is preserved and the successor boots.
     *
     * @return the image
     */
    static Path leave(Liveupdate liveupdate, Path... files) throws Exception {
        try (Run run = liveupdate.demo((Object[]) files)) {
            run.generation(2);
            Shell.signal("TERM", run.supervisor());
            run.end().ended(TERMINATED);
        }
        return liveupdate.images().pending().orElseThrow();
    }

    /**
     * Goes on: everything has to be there.
     *
     * @param copies
     *            how many: two of each file
     */
    static void resume(Liveupdate liveupdate, int copies) throws Exception {
        try (Run run = liveupdate.demo("--resume")) {
            Outcome outcome = run.end().succeeded();
            String last = outcome.out().get(outcome.out().size() - 1);
            outcome.said("OK: " + copies + " files, ");
            assertEquals("every digest equal", last.substring(last.lastIndexOf(", ") + 2), outcome::toString);
        }
        assertEquals(Optional.empty(), liveupdate.images().pending());
        assertEquals(List.of(), liveupdate.rubbish());
    }
}
