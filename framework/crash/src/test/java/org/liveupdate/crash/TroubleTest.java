package org.liveupdate.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full disk, a revoked permission, a truncated file: an answer that names the file, and a JVM that goes on. */
@Timeout(120)
class TroubleTest {
    private static final String NOBODY = "65534";

    @TempDir
    static Path jars;
    private static WorkerCommand cheap;

    @TempDir
    Path place;
    private Path directory;
    private WorkerCommand command;
    private final List<WorkerProcess> workers = new ArrayList<>();

    @BeforeAll
    static void prepareWorkers() throws Exception {
        cheap = WorkerCommand.prepare(jars);
        Files.setPosixFilePermissions(jars, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @BeforeEach
    void prepare() throws Exception {
        directory = Files.createDirectory(place.resolve("handover"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        command = cheap;
    }

    @AfterEach
    void end() throws Exception {
        workers.forEach(WorkerProcess::close);
        Root.run("umount", "-l", directory.toString());
    }

    @Test
    void onAFullDiskNothingIsFrozenAndNothingLost() throws Exception {
        Root.must("only root can mount a small file system", "mount", "-t", "tmpfs", "-o", "size=2m,mode=700",
                "none", directory.toString());
        WorkerProcess worker = started("first");
        assertEquals("preserved", worker.ask("preserve 1"));
        Path filler = fill();

        assertRefused(worker.ask("commit"), "image-1.new", "No space left");
        assertEquals(Model.outgoing(1), worker.ask("outgoing"));
        assertTrue(files().noneMatch(name -> name.startsWith("image")));

        Files.delete(filler);
        assertEquals("committed 1", worker.ask("commit"));
    }

    @Test
    void aDiskThatFillsUpInTheMiddleOfAFreezeDoesNotStopTheCommit() throws Exception {
        Root.must("only root can mount a small file system", "mount", "-t", "tmpfs", "-o", "size=2m,mode=700",
                "none", directory.toString());
        WorkerProcess worker = started("first");
        assertEquals("preserved", worker.ask("preserve 1"));
        Moment frozen = Moment.before(Step.FREEZE);
        worker.ask("stop " + frozen);
        assertEquals(Worker.AT + frozen, worker.ask("commit"));
        fill();
        assertEquals("committed 1", worker.ask("go"));
    }

    @Test
    void onAFullDiskNothingMoreIsPreservedThanFits() throws Exception {
        Root.must("only root can mount a small file system", "mount", "-t", "tmpfs", "-o", "size=2m,mode=700",
                "none", directory.toString());
        WorkerProcess worker = started("first");
        Path filler = fill();
        assertRefused(worker.ask("preserve 1"), "memory-", "make room");
        Files.delete(filler);
        assertTrue(worker.ask("end").endsWith(" 0 of 0 pages"));
        assertEquals("preserved", worker.ask("preserve 2"));
        assertEquals(Model.outgoing(2), worker.ask("outgoing"));
    }

    @Test
    void whereWritingIsNoLongerAllowedEverythingGoesOnAsBefore() throws Exception {
        Root.must("only root can be another user", "setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups",
                "true");
        Root.must("only root can give files away", "chown", NOBODY + ':' + NOBODY, directory.toString());
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        command = command.under("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
        WorkerProcess worker = started("first");
        assertEquals("preserved", worker.ask("preserve 1"));
        WorkerProcess successor = started("successor");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        assertRefused(worker.ask("commit"), "image-1.new");
        assertEquals(Model.outgoing(1), worker.ask("outgoing"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertEquals("committed 1", worker.ask("commit"));

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        assertRefused(successor.ask("claim 1"), "image-1.committed");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertEquals("taken back true", worker.ask("takeBack"));
        assertEquals("resumed", worker.ask("resume"));
        assertEquals(Model.outgoing(1), worker.ask("outgoing"));
    }

    @Test
    void memoryThatWasTruncatedIsNotTakenOver() throws Exception {
        WorkerProcess worker = committed();
        WorkerProcess successor = started("successor");
        truncateMemory();

        assertRefused(successor.ask("claim 1"), "memory-", "is corrupt", "4096 bytes");
        assertEquals("taken back true", worker.ask("takeBack"));
        // what was cut off is gone for its owner, too; but that is no reason to die
        assertTrue(worker.ask("resume") != null && worker.ask("outgoing") != null && worker.isAlive());
    }

    @Test
    void memoryThatIsTruncatedUnderASuccessorIsRefusedByEachFile() throws Exception {
        committed();
        WorkerProcess successor = started("successor");
        assertEquals("claimed", successor.ask("claim 1"));
        assertEquals("confirmed true", successor.ask("confirm"));
        truncateMemory();
        assertTrue(successor.ask("retrieve").startsWith(Worker.REFUSED));
        assertTrue(successor.isAlive());
    }

    @Test
    void memoryThatIsTruncatedInTheMiddleOfRetrievingDoesNotEndTheJvm() throws Exception {
        committed();
        WorkerProcess successor = started("successor");
        assertEquals("claimed", successor.ask("claim 1"));
        assertEquals("confirmed true", successor.ask("confirm"));
        successor.ask("stop " + Moment.after(Step.RETRIEVE));
        assertTrue(successor.ask("retrieve").startsWith(Worker.AT));
        truncateMemory();
        assertTrue(successor.ask("go").startsWith(Worker.REFUSED));
        assertTrue(successor.isAlive());
    }

    @Test
    void anImageThatWasTruncatedIsNotTakenOver() throws Exception {
        WorkerProcess worker = committed();
        WorkerProcess successor = started("successor");
        cut(directory.resolve("image-1.committed"));
        assertRefused(successor.ask("claim 1"), "image-1.claimed", "is corrupt");
        assertEquals("taken back true", worker.ask("takeBack"));
        assertEquals("resumed", worker.ask("resume"));
        assertEquals(Model.outgoing(1), worker.ask("outgoing"));
        assertEquals("committed 1", worker.ask("commit"));
    }

    private WorkerProcess committed() throws IOException {
        WorkerProcess worker = started("first");
        assertEquals("preserved", worker.ask("preserve 1"));
        assertEquals("committed 1", worker.ask("commit"));
        return worker;
    }

    private WorkerProcess started(String role) throws IOException {
        WorkerProcess worker = new WorkerProcess(command, directory, role, new ArrayList<>());
        workers.add(worker);
        String answer = worker.ask("start " + role);
        assertTrue(answer.startsWith("started "), answer);
        return worker;
    }

    /** Takes all the room there is. */
    private Path fill() throws IOException {
        Path filler = directory.resolve("filler");
        byte[] piece = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            return filler;
        }
    }

    private void truncateMemory() throws IOException {
        String name = files().filter(each -> each.startsWith("memory-")).findFirst().orElseThrow();
        cut(directory.resolve(name));
    }

    private static void cut(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(4096);
        }
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private static void assertRefused(String answer, String... parts) {
        assertTrue(answer.startsWith(Worker.REFUSED) && Stream.of(parts).allMatch(answer::contains), answer);
    }
}
