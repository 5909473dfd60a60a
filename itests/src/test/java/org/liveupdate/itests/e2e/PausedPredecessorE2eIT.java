package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
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
            ProcessHandle old = run.generation(1);
            ProcessHandle successor = pause(old, run, liveupdate);
            // so that nobody but the old one can move
            Shell.signal("STOP", successor);
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
            ProcessHandle old = run.generation(1);
            ProcessHandle successor = pause(old, run, liveupdate);
            Await.until("the end of the old JVM", () -> !old.isAlive());
            assertTrue(successor.isAlive());
            completed(run, liveupdate);
        }
    }

    /** When the successor has been told of the image; returns when it is in charge. */
    private static ProcessHandle pause(ProcessHandle old, Run run, Liveupdate liveupdate) throws Exception {
        ProcessHandle successor = run.generation(2);
        liveupdate.images().catchUndecided(1, "claimed");
        Assumptions.assumeTrue(Shell.tryRun("kill", "-s", "STOP", Long.toString(old.pid())).isPresent(),
                "too busy: the old JVM has ended before it was stopped");
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
