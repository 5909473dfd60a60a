package org.liveupdate.itests.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The successor does not take over: the old generation takes everything back, and nothing is lost. */
@Timeout(120)
class FailingSuccessorE2eIT {
    private static final int SLOW_TO_LOAD = 64 << 20;
    private static final int COPIES = 4;

    @TempDir
    Path place;

    private Liveupdate liveupdate;
    private Path one;
    private Path two;

    @BeforeEach
    void makeFiles() throws Exception {
        liveupdate = new Liveupdate(place).shortLived();
        one = liveupdate.input("one", 3_000_000);
        two = liveupdate.input("two", 1);
    }

    @Test
    void itCannotBeStarted() throws Exception {
        Path jar = Files.copy(Liveupdate.jar("liveupdate.jar"), place.resolve("liveupdate.jar"));
        Path large = liveupdate.input("large", SLOW_TO_LOAD);
        try (Run run = liveupdate.jar(jar).demo(large, two)) {
            // whoever runs has the jar open; the successor does not find it
            run.awaitLine("Generation 1, ");
            Files.delete(jar);
            unchanged(run.end(), "the successor (generation 2, pid ", "ended with status 1",
                    "its output says why", "before it was ready");
        }
        LeftImage.resume(liveupdate.jar(Liveupdate.jar("liveupdate.jar")), COPIES);
    }

    @Test
    void itIsNotReadyInTime() throws Exception {
        try (Run run = liveupdate.property("liveupdate.prepare.timeout", 1).demo(one, two)) {
            unchanged(run.end(), "the successor (generation 2, pid ", "was not ready within 1 ms; it was ended");
        }
    }

    @Test
    void itIsKilledWhileItBoots() throws Exception {
        try (Run run = liveupdate.demo(one, two)) {
            run.generation(2).destroyForcibly();
            unchanged(run.end(), "(generation 2, pid ", "was killed by signal 9 before it was ready");
        }
        LeftImage.resume(liveupdate, COPIES);
    }

    @Test
    void itIsKilledWhenItIsReadyAndTheImageIsCommitted() throws Exception {
        try (Run run = liveupdate.demo(one, two)) {
            ProcessHandle successor = run.generation(2);
            liveupdate.images().catchUndecided(1, "committed");
            successor.destroyForcibly();
            Outcome outcome = run.end();
            liveupdate.images().assumeUndecided(1);
            takenBack(outcome, "was killed by signal 9 before it confirmed");
        }
        LeftImage.resume(liveupdate, COPIES);
    }

    @Test
    void itIsKilledWhenItHasClaimedTheImage() throws Exception {
        try (Run run = liveupdate.demo(one, two)) {
            ProcessHandle successor = run.generation(2);
            liveupdate.images().catchUndecided(1, "claimed");
            successor.destroyForcibly();
            Outcome outcome = run.end();
            liveupdate.images().assumeUndecided(1);
            takenBack(outcome, "was killed by signal 9 before it confirmed");
        }
        LeftImage.resume(liveupdate, COPIES);
    }

    @Test
    void itDoesNotConfirmInTime() throws Exception {
        try (Run run = liveupdate.property("liveupdate.confirm.timeout", 1).demo(one, two)) {
            takenBack(run.end(), "did not confirm within 1 ms");
        }
        LeftImage.resume(liveupdate.withoutProperties(), COPIES);
    }

    private void takenBack(Outcome outcome, Object part) {
        unchanged(outcome, "the successor (generation 2, pid ", part, "the state was taken back");
    }

    /** The sentence says why, what became of the files, and what to do; the files are in an image. */
    private void unchanged(Outcome outcome, Object... why) {
        Object[] parts = new Object[why.length + 2];
        System.arraycopy(why, 0, parts, 0, why.length);
        parts[why.length] = "all " + COPIES + " files are unchanged";
        parts[why.length + 1] = "demo --resume --directory " + liveupdate.directory();
        outcome.failed(1, parts).said("what is preserved is in " + liveupdate.images().pending().orElseThrow());
    }
}
