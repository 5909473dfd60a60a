package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveUpdateTest extends SupervisedTest {
    @Test
    void lastGenerationsExitStatusIsTheSupervisors() throws Exception {
        SupervisorProcess supervisor = runtime();
        supervisor.await("[1] in charge");
        supervisor.command("exit 7");
        assertEquals(7, supervisor.status());
        assertEquals(1, supervisor.count("stopping in phase RUNNING"));
    }

    @Test
    void generationsFollowEachOtherInOneSupervisor() throws Exception {
        SupervisorProcess supervisor = runtime("-Dmine=kept");
        for (int generation = 1; generation <= 3; generation++) {
            supervisor.await("[" + generation + "] in charge");
            supervisor.command("kexec");
        }
        supervisor.await("[4] in charge");
        supervisor.await("[4] alone");
        supervisor.command("exit 0");
        assertEquals(0, supervisor.status());
        for (int generation = 1; generation <= 3; generation++) {
            assertEquals(1, supervisor.count("[" + generation + "] fenced"));
            assertEquals(0, supervisor.count("[" + generation + "] stopping"));
        }
        assertEquals(List.of(), temporaryFiles());
    }

    @Test
    void planEndsTheSuccessorAndChangesNothing() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=LACKS_HANDLER", "-Dliveupdate.settle.timeout=100");
        supervisor.await("[1] in charge");
        supervisor.command("plan");
        supervisor.await(
                "[1] plan losses [it has no handler memfd-v1] blockers [] readable [flb hugetlb-v1]");
        assertFalse(supervisor.isAlive(2));
        assertTrue(supervisor.isAlive(1));
        supervisor.command("kexec");
        supervisor.await("[3] in charge");
        assertEquals(1, supervisor.count("committed"));
    }

    @Test
    void planSaysWhatIsInTheWayAlthoughTheSuccessorCanReadEverything() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.1=BLOCKED");
        supervisor.await("[1] in charge");
        supervisor.command("plan");
        supervisor.await("[1] plan losses [] blockers [session left is unfinished] readable [flb hugetlb-v1, handler "
                + "memfd-v1]");
        assertFalse(supervisor.isAlive(2));
    }

    @Test
    void whatTheSuccessorCannotReadRefusesTheUpdateUnlessItIsForced() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=LACKS_HANDLER", "-Dfake.3=LACKS_HANDLER",
                "-Dliveupdate.settle.timeout=100");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[1] refused [it has no handler memfd-v1]");
        assertFalse(supervisor.isAlive(2));
        assertEquals(0, supervisor.count("committed"));
        supervisor.command("force");
        supervisor.await("[3] in charge");
    }

    @Test
    void whatComesLateIsWaitedForAMoment() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=HANDLER_COMES_LATE", "-Dliveupdate.settle.timeout=15000");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] in charge");
    }

    @Test
    void replacedGenerationLeavesNoFiles() throws Exception {
        SupervisorProcess supervisor = runtime();
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] alone");
        String run = temporaryFiles().get(0);
        try (var files = Files.list(temporary.resolve(run))) {
            assertEquals(List.of("control", "generation-2"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void pausedGenerationIsKilledWhenItsGraceIsOver() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=WAITS_TO_CONFIRM", "-Dliveupdate.exit.grace=300");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] claimed 1");
        SupervisorProcess.signal("STOP", supervisor.pid(1));
        Files.createFile(directory.resolve("go"));
        supervisor.await("[2] in charge");
        supervisor.await("[2] alone");
        supervisor.awaitEnd(1);
        assertEquals(0, supervisor.count("[1] goes on") + supervisor.count("[1] take back"));
        supervisor.command("exit 4");
        assertEquals(4, supervisor.status());
    }

    @Test
    void generationPausedWhileTheSuccessorConfirmsEndsWhenItIsContinued() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=WAITS_TO_CONFIRM", "-Dliveupdate.confirm.timeout=1500",
                "-Dliveupdate.exit.grace=15000");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] claimed 1");
        SupervisorProcess.signal("STOP", supervisor.pid(1));
        Files.createFile(directory.resolve("go"));
        supervisor.await("[2] in charge");
        // over the limit: both the time and the answer are there when it goes on
        TimeUnit.MILLISECONDS.sleep(1600);
        SupervisorProcess.signal("CONT", supervisor.pid(1));
        supervisor.await("[2] alone");
        assertEquals(1, supervisor.count("[1] fenced"));
        assertEquals(0, supervisor.count("[1] goes on"));
        supervisor.command("exit 4");
        assertEquals(4, supervisor.status());
    }

    @Test
    void generationPausedOverTheLimitTakesBackWhenItIsContinuedBeforeTheSuccessorConfirms() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=WAITS_TO_CONFIRM", "-Dliveupdate.confirm.timeout=1500");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] claimed 1");
        SupervisorProcess.signal("STOP", supervisor.pid(1));
        TimeUnit.MILLISECONDS.sleep(1600);
        SupervisorProcess.signal("CONT", supervisor.pid(1));
        supervisor.await("[1] goes on");
        assertFalse(supervisor.isAlive(2));
        supervisor.await("[1] failed ETIMEDOUT: the successor (generation 2, pid");
        assertEquals(0, supervisor.count("[2] confirmed"));
        supervisor.command("kexec");
        supervisor.await("[3] in charge");
    }
}
