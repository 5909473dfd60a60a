package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever becomes of the successor, the generation in charge goes on as before, and the next update works. */
class FailingSuccessorTest extends SupervisedTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "DIES_AT_START | ENODEV | ended with status 9 (its output says why) before it was ready; nothing has changed",
            "NEVER_READY -Dliveupdate.prepare.timeout=1000 | ENODEV | was not ready within 1000 ms; it was ended, and nothing has changed",
            "DIES_BEFORE_CLAIM | ENODEV | ended with status 9 (its output says why) before it confirmed; the state was taken back",
            "DIES_CLAIMED | ENODEV | ended with status 9 (its output says why) before it confirmed; the state was taken back",
            "REFUSES | ENODEV | refused the image: EINVAL: the image is too new; the state was taken back",
            "WAITS_TO_CONFIRM -Dliveupdate.confirm.timeout=500 | ETIMEDOUT | did not confirm within 500 ms; the state was taken back"})
    void nothingIsLost(String behaviour, String errno, String sentence) throws Exception {
        SupervisorProcess supervisor = runtime(("-Dfake.2=" + behaviour).split(" "));
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        String failure = supervisor.await("[1] failed ");
        assertTrue(failure.startsWith("[1] failed " + errno + ": the successor (generation 2, pid "), failure);
        assertTrue(failure.contains(sentence), failure);
        assertFalse(supervisor.isAlive(2));
        supervisor.command("exit 0");
        assertEquals(0, supervisor.status());
        assertEquals(1, supervisor.count("[1] stopping in phase RUNNING"));
    }

    @Test
    void nextUpdateWorksAfterAFailedOne() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=DIES_CLAIMED", "-Dfake.3=REFUSES");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[1] failed ENODEV");
        supervisor.command("kexec");
        supervisor.await("[1] failed ENODEV: the successor (generation 3");
        supervisor.command("kexec");
        supervisor.await("[4] in charge");
        assertEquals(2, supervisor.count("[1] goes on"));
    }

    @Test
    void vetoEndsTheSuccessor() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.1=VETOES");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[1] failed EBUSY: the device is at work");
        assertFalse(supervisor.isAlive(2));
    }

    @Test
    void successorThatConfirmedWithoutSayingSoIsInCharge() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=CONFIRMS_SILENTLY", "-Dliveupdate.confirm.timeout=300");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[1] take back false");
        supervisor.await("[1] fenced");
        supervisor.await("[2] in charge");
        supervisor.await("[2] alone");
        supervisor.command("exit 5");
        assertEquals(5, supervisor.status());
    }

    @Test
    void successorThatDiesAfterItConfirmedTakesTheStateWithItAndThatIsSaid() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=DIES_CONFIRMED");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        assertEquals(1, supervisor.status());
        supervisor.await("the state is lost with it");
        assertEquals(0, supervisor.count("[1] goes on"));
    }

    @Test
    void successorGoesOnWhenItsPredecessorIsKilledAfterTheCommit() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=WAITS_TO_CONFIRM");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] claimed 1");
        SupervisorProcess.signal("KILL", supervisor.pid(1));
        supervisor.awaitEnd(1);
        Files.createFile(directory.resolve("go"));
        supervisor.await("[2] in charge");
        supervisor.command("exit 6");
        assertEquals(6, supervisor.status());
    }

    @Test
    void successorEndsWhenItsPredecessorIsKilledBeforeTheCommit() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.2=NEVER_READY");
        supervisor.await("[1] in charge");
        supervisor.command("kexec");
        supervisor.await("[2] started");
        SupervisorProcess.signal("KILL", supervisor.pid(1));
        assertEquals(137, supervisor.status());
    }
}
