package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The old JVM is stopped in the middle of a live update, and wakes up in a world that went on. */
@Timeout(120)
class PausedPredecessorE2eIT {
    private static final Duration CONFIRM_LIMIT = Duration.ofMillis(300);

    @TempDir
    Path place;

    @Test
    void itSeesThatItsTimeIsOverAndEnds() throws Exception {
        Liveupdate liveupdate = new Liveupdate(place).shortLived()
                .property("liveupdate.confirm.timeout", CONFIRM_LIMIT.toMillis())
                .property("liveupdate.exit.grace", Await.LIMIT.toMillis());
        try (Run run = liveupdate.demo("--generations", 2, liveupdate.input("file", 8_000_000))) {
            ProcessHandle successor = pauseTheOldOne(run, liveupdate);
            // so that nobody but the old one can move
            Shell.signal("STOP", successor);
            ProcessHandle old = run.generation(1);
            long paused = System.nanoTime();
            Await.until("the time limit is over", () -> System.nanoTime() - paused > CONFIRM_LIMIT.toNanos());
            Shell.signal("CONT", old);
            Await.until("the end of the old JVM", () -> !old.isAlive());
            assertTrue(successor.isAlive());
            Shell.signal("CONT", successor);
            completed(run, liveupdate);
        }
    }

    @Test
    void oneThatDoesNotWakeUpIsEnded() throws Exception {
        Liveupdate liveupdate = new Liveupdate(place).shortLived().property("liveupdate.exit.grace", 300);
        try (Run run = liveupdate.demo("--generations", 2, liveupdate.input("file", 8_000_000))) {
            ProcessHandle successor = pauseTheOldOne(run, liveupdate);
            ProcessHandle old = run.generation(1);
            Await.until("the end of the old JVM", () -> !old.isAlive());
            assertTrue(successor.isAlive());
            completed(run, liveupdate);
        }
    }

    /** After the commit; returns when the successor is in charge. */
    private static ProcessHandle pauseTheOldOne(Run run, Liveupdate liveupdate) throws Exception {
        ProcessHandle old = run.generation(1);
        ProcessHandle successor = run.generation(2);
        liveupdate.images().await(1, "committed", "confirmed");
        Shell.signal("STOP", old);
        liveupdate.images().await(1, "confirmed");
        return successor;
    }

    private static void completed(Run run, Liveupdate liveupdate) {
        Outcome outcome =
                run.end().succeeded().said("OK: 2 files, 16,000,000 bytes, 2 live updates, every digest equal");
        assertEquals(1, outcome.count("is in charge after live update 1 of 2"), outcome::toString);
        assertEquals(1, outcome.count("is in charge after live update 2 of 2"), outcome::toString);
        assertEquals(Optional.empty(), liveupdate.images().pending());
    }
}
