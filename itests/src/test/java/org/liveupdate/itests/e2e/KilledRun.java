package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A run of the demo in which somebody is killed, and what can be done with its directory afterwards. */
final class KilledRun {
    private static final int COPIES = 4;

    private final Liveupdate liveupdate;
    private final Killing killing;
    private final Path one;
    private final Path two;

    KilledRun(Path place, Killing killing) throws Exception {
        this.liveupdate = new Liveupdate(place).shortLived();
        this.killing = killing;
        one = liveupdate.input("one", 200_000);
        two = liveupdate.input("two", 1);
    }

    /** Kills; says how it went on. */
    String play() throws Exception {
        String outcome;
        try (Run run = liveupdate.demo("--generations", Killing.UPDATES, one, two)) {
            kill(run);
            Outcome end = run.endWithoutSupervisor();
            outcome = goOn(end);
        }
        try (Run run = liveupdate.demo(one)) {
            run.end().succeeded().said("OK: 2 files");
        }
        assertEquals(Optional.empty(), liveupdate.images().pending());
        assertTrue(liveupdate.preserved().stream().noneMatch(name -> name.startsWith("memory")),
                () -> "memory that nobody needs");
        return outcome;
    }

    private void kill(Run run) {
        int update = killing.update();
        ProcessHandle predecessor = run.generation(update);
        ProcessHandle successor = run.generation(update + 1);
        Images images = liveupdate.images();
        switch (killing.event()) {
            case PREPARE -> {
                // it boots
            }
            case COMMITTED -> Await.until("image " + update, () -> images.isThere(update));
            case CLAIMED -> images.awaitOneOf(update, "claimed", "confirmed");
            case CONFIRMED -> images.await(update, "confirmed");
        }
        pause(killing.delay().toNanos());
        if (killing.victim().isSupervisor()) {
            run.supervisor().destroyForcibly();
        }
        kill(predecessor, false);
        kill(successor, true);
    }

    private void kill(ProcessHandle generation, boolean successor) {
        if (killing.victim().isGeneration(successor)) {
            generation.destroyForcibly();
        }
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private String goOn(Outcome end) throws Exception {
        Images images = liveupdate.images();
        if (end.out().stream().anyMatch(line -> line.startsWith("OK: " + COPIES + " files"))) {
            assertEquals(Optional.empty(), images.pending(), end::toString);
            return "the run went on to its end";
        }
        if (images.pending().isPresent()) {
            resume();
            return "an image was left, everything was in it";
        }
        assertTrue(mayBeLost(images), () -> killing + " lost the state: " + images.names() + ", " + end);
        return "the one in charge was killed, the next start is clean";
    }

    /** State is in charge of one generation, or in an image: it is lost with that generation, and only with it. */
    private boolean mayBeLost(Images images) {
        int update = killing.update();
        boolean confirmed = images.is(update, "confirmed");
        return killing.victim().isGeneration(confirmed);
    }

    private void resume() throws IOException {
        try (Run run = liveupdate.demo("--resume")) {
            run.end().succeeded().said("OK: " + COPIES + " files").said("every digest equal");
        }
    }
}
