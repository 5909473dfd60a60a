package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody stops it in the middle. */
@Timeout(120)
class StopE2eIT {
    private static final int SLOW_TO_LOAD = 128 << 20;
    private static final int KILLED = 137;
    private static final int COPIES = 4;

    @TempDir
    Path place;

    private Liveupdate liveupdate;

    @BeforeEach
    void makePlace() throws Exception {
        // a build in the background ignores SIGINT, and its children would, too; a group of its own for Ctrl-C
        liveupdate = new Liveupdate(place).shortLived().under("env", "--default-signal=INT", "setsid");
    }

    @ParameterizedTest
    @CsvSource({"INT,130,false", "TERM,143,false", "INT,130,true", "TERM,143,true"})
    void aSignalStopsItInOrderAndNothingIsLost(String signal, int status, boolean wholeGroup) throws Exception {
        try (Run run = demo()) {
            run.generation(2);
            send(signal, run, wholeGroup);
            run.end().ended(status).said("what is preserved is in " + liveupdate.images().pending().orElseThrow());
        }
        assertEquals(List.of(), liveupdate.rubbish());
        LeftImage.resume(liveupdate, COPIES);
    }

    @Test
    void aSignalDuringTheHandoverDoesNotLoseAnything() throws Exception {
        try (Run run = demo()) {
            run.generation(2);
            liveupdate.images().catchUndecided(1, "committed");
            Shell.signalGroup("INT", run.supervisor());
            run.end().ended(130).said("what is preserved is in " + liveupdate.images().pending().orElseThrow());
        }
        LeftImage.resume(liveupdate, COPIES);
    }

    @Test
    void whatIsNotPreservedYetLeavesNothingBehind() throws Exception {
        try (Run run = liveupdate.demo(liveupdate.input("large", SLOW_TO_LOAD))) {
            run.awaitLine("Generation 1, ");
            Shell.signal("TERM", run.supervisor());
            run.end().ended(143);
        }
        assertEquals(List.of("guard.lock", "supervisor.lock"), liveupdate.preserved());
        assertEquals(List.of(), liveupdate.rubbish());
    }

    @Test
    void generationsWhoseSupervisorWasKilledCommitAndEnd() throws Exception {
        try (Run run = demo()) {
            run.generation(2);
            run.supervisor().destroyForcibly();
            Outcome outcome = run.end().ended(KILLED);
            assertEquals(1, outcome.err().stream().filter(line -> line.contains("stopping in order")).count(),
                    outcome::toString);
        }
        // nobody was left to remove them
        Shell.run("rm", "-r", liveupdate.temporary().resolve(liveupdate.rubbish().get(0)).toString());
        LeftImage.resume(liveupdate, COPIES);
    }

    private Run demo() throws Exception {
        return liveupdate.demo(liveupdate.input("one", 2_000_000), liveupdate.input("two", 0));
    }

    private static void send(String signal, Run run, boolean wholeGroup) throws Exception {
        if (wholeGroup) {
            Shell.signalGroup(signal, run.supervisor());
        } else {
            Shell.signal(signal, run.supervisor());
        }
    }
}
