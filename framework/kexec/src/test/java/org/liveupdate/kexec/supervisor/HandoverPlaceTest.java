package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What is checked of the handover directory before a generation starts. */
class HandoverPlaceTest extends SupervisedTest {
    @Test
    void missingDirectoryIsRefused() throws Exception {
        refused(root.resolve("missing"), "handover directory is missing: create it with mkdir -m 700");
    }

    @Test
    void directoryThatOthersCanReadIsRefused() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        refused(directory, "has mode 755, expected 700: chmod 700");
    }

    @Test
    void directoryOfSomebodyElseIsRefused() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a directory away");
        Files.setAttribute(directory, "unix:uid", 65534);
        refused(directory, "belongs to user 65534, this is user 0: use a directory of your own");
    }

    private void refused(Path path, String sentence) throws Exception {
        SupervisorProcess supervisor = start("--directory", path.toString());
        assertEquals(1, supervisor.status());
        assertEquals("liveupdate: " + path + ": " + sentence, supervisor.output());
    }

    @Test
    void secondInstanceIsRefused() throws Exception {
        SupervisorProcess supervisor = runtime();
        supervisor.await("[1] in charge");
        SupervisorProcess second = runtime();
        assertEquals(1, second.status());
        assertEquals("liveupdate: " + directory + "/supervisor.lock: in use by another instance, process "
                + supervisor.pid() + ": stop it, or use another directory", second.output());
    }

    @Test
    void freshDirectoryGoesAtTheEnd() throws Exception {
        SupervisorProcess supervisor = start();
        String line = supervisor.await("handover directory ");
        Path path = Path.of(line.substring("handover directory ".length(), line.indexOf(" (")));
        supervisor.await("[1] in charge");
        assertTrue(Files.isDirectory(path));
        supervisor.command("exit 0");
        assertEquals(0, supervisor.status());
        assertFalse(Files.exists(path));
    }

    @Test
    void freshDirectoryStaysIfSomethingIsPreservedInIt() throws Exception {
        SupervisorProcess supervisor = start("-Dfake.preserves=true");
        supervisor.await("[1] in charge");
        supervisor.command("exit 0");
        assertEquals(0, supervisor.status());
        String line = supervisor.await("what is preserved is in ");
        Path image = Path.of(line.substring("what is preserved is in ".length(), line.indexOf(';')));
        assertTrue(Files.exists(image));
        SupervisorProcess next = start("--directory", image.getParent().toString(), "--discard");
        next.await("[1] in charge");
        next.command("exit 0");
        next.status();
        RunDirectory.remove(image.getParent());
    }

    @Test
    void imageLeftBehindIsLoadedRefusedResumedOrDiscarded() throws Exception {
        leaveImage();
        SupervisorProcess demo = runtime("demo");
        assertEquals(2, demo.status());
        demo = start("demo", "--directory", directory.toString());
        assertEquals(1, demo.status());
        demo.await("go on with what it preserves with --resume, or give it up with --discard");
        SupervisorProcess runtime = runtime("-Dfake.preserves=true");
        runtime.await("[1] resumed image 1");
        runtime.command("exit 0");
        assertEquals(0, runtime.status());
        demo = start("demo", "--resume", "--directory", directory.toString(), "-Dfake.preserves=true");
        demo.await("[1] resumed image 2");
        demo.command("exit 0");
        assertEquals(0, demo.status());
        demo = start("demo", "--discard", "--directory", directory.toString());
        demo.await("discarded " + directory);
        demo.await("[1] in charge");
        demo.command("exit 0");
        assertEquals(0, demo.status());
        SupervisorProcess none = runtime("--resume");
        assertEquals(1, none.status());
        none.await("there is no image in " + directory);
    }

    private void leaveImage() throws Exception {
        SupervisorProcess supervisor = runtime("-Dfake.preserves=true");
        supervisor.await("[1] in charge");
        supervisor.command("exit 0");
        assertEquals(0, supervisor.status());
    }
}
