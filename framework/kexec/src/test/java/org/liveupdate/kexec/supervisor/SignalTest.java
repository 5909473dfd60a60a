package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalTest extends SupervisedTest {
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void signalStopsTheGenerationInOrder(String signal, int status) throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.preserves=true");
        supervisor.await("[1] in charge");
        SupervisorProcess.signal(signal, supervisor.pid());
        assertEquals(status, supervisor.status());
        assertEquals(1, supervisor.count("[1] stopping in phase RUNNING"));
        supervisor.await("go on with it: java -jar liveupdate.jar --resume --directory " + directory);
        assertEquals(java.util.List.of(), temporaryFiles());
    }

    @Test
    void interruptOfTheWholeProcessGroupIsOneRequest() throws Exception {
        SupervisorProcess supervisor = runtime();
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] alone");
        SupervisorProcess.signal("INT", supervisor.pid(2));
        SupervisorProcess.signal("INT", supervisor.pid());
        assertEquals(130, supervisor.status());
        assertEquals(1, supervisor.count("[2] stopping"));
    }

    @Test
    void signalDuringAnUpdateTakesTheStateBackFirst() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=WAITS_TO_CONFIRM", "-Dfake.preserves=true");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] claimed 1");
        // only to the one in charge: the successor is still there and could confirm
        SupervisorProcess.signal("TERM", supervisor.pid(1));
        supervisor.await("[1] goes on");
        supervisor.await("[1] failed EAGAIN");
        supervisor.await("[1] committed at stop 1");
        assertEquals(143, supervisor.status());
        assertEquals(1, supervisor.count("[1] stopping in phase RUNNING"));
        assertEquals(0, supervisor.count("[2] confirmed"));
    }

    @Test
    void signalBeforeTheCommitEndsTheUpdate() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=NEVER_READY");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] started");
        SupervisorProcess.signal("TERM", supervisor.pid());
        assertEquals(143, supervisor.status());
        assertEquals(0, supervisor.count("committed"));
    }

    @Test
    void generationsStopInOrderWhenTheSupervisorIsKilled() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=NEVER_READY", "-Dfake.preserves=true");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] started");
        SupervisorProcess.signal("KILL", supervisor.pid());
        supervisor.awaitEnd(1);
        supervisor.awaitEnd(2);
        supervisor.await("[1] committed at stop 1");
        SupervisorProcess next = runtime();
        next.await("[1] resumed image 1");
    }

    @Test
    void updateUnderWayIsTakenBackWhenTheSupervisorIsKilled() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=WAITS_TO_CONFIRM", "-Dfake.preserves=true");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] claimed 1");
        SupervisorProcess.signal("KILL", supervisor.pid());
        supervisor.awaitEnd(1);
        assertFalse(supervisor.isAlive(2));
        supervisor.await("[1] goes on");
        supervisor.await("[1] committed at stop 1");
    }

    @Test
    void orphanThatStillRunsKeepsTheDirectory() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.preserves=true");
        supervisor.await("[1] in charge");
        SupervisorProcess.signal("STOP", supervisor.pid(1));
        SupervisorProcess.signal("KILL", supervisor.pid());
        supervisor.status();
        SupervisorProcess next = runtime();
        assertEquals(1, next.status());
        next.await(directory + " is in use: generation 1 of an earlier run lost its supervisor");
        SupervisorProcess.signal("CONT", supervisor.pid(1));
        supervisor.awaitEnd(1);
        runtime().await("[1] resumed image 1");
    }
}
