package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.ChildJvm;

@Timeout(60)
class DirectoryLockTest {

    @TempDir
    Path directory;
    private HandoverDirectory handover;

    @BeforeEach
    void open() throws IOException {
        handover = HandoverDirectory.open(directory);
    }

    @Test
    void aHeldLockIsRefusedWithPathAndProcess() throws IOException {
        try (DirectoryLock lock = handover.lockSupervisor()) {
            assertTrue(lock.isHeld());
            assertTrue(handover.isSupervisorAlive());
            assertEquals(Long.toString(ProcessHandle.current().pid()), Files.readString(lock.path()).trim());
        }
        try (DirectoryLock lock = handover.lockSupervisor()) {
            FileSystemException e = assertThrows(FileSystemException.class, handover::lockSupervisor);
            assertEquals(lock.path().toString(), e.getFile());
            assertTrue(e.getReason().contains("in use by another instance, process " + ProcessHandle.current().pid()),
                    e.getMessage());
            FileSystemException other = assertThrows(FileSystemException.class,
                    () -> HandoverDirectory.open(directory).lockSupervisor());
            assertTrue(other.getReason().contains("in use"), other.getMessage());
        }
        assertFalse(handover.isSupervisorAlive());
    }

    @Test
    void eachGenerationHasItsOwnLock() throws IOException {
        DirectoryLock one = handover.lockGeneration(1);
        try (DirectoryLock two = handover.lockGeneration(2)) {
            assertTrue(handover.isGenerationAlive(1));
            assertTrue(handover.isGenerationAlive(2));
            assertFalse(handover.isGenerationAlive(3));
            one.close();
            one.close();
            assertFalse(one.isHeld());
            assertFalse(handover.isGenerationAlive(1));
            assertTrue(two.isHeld());
        }
        handover.lockGeneration(1).close();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one.path())));
        assertThrows(IllegalArgumentException.class, () -> handover.lockGeneration(-1));
    }

    @Test
    void askingForALockOfThisJvmDoesNotReleaseIt() throws Exception {
        try (DirectoryLock lock = handover.lockGeneration(5); DirectoryLock supervisor = handover.lockSupervisor()) {
            assertTrue(handover.isGenerationAlive(5));
            assertTrue(HandoverDirectory.open(directory).isGenerationAlive(5));
            assertThrows(IOException.class, () -> handover.lockGeneration(5));
            handover.reclaim();
            assertTrue(lock.isHeld() && supervisor.isHeld());
            try (ChildJvm other = ChildJvm.start(Other.class, directory.toString())) {
                assertEquals("alive, in use by another instance, process " + ProcessHandle.current().pid(),
                        other.receive());
            }
        }
    }

    /** As two frameworks in one JVM have it: the second copy must not open, and so release, the lock file. */
    @Test
    void aSecondCopyOfTheClassesKnowsOfTheLock() throws Exception {
        URL classes = HandoverDirectory.class.getProtectionDomain().getCodeSource().getLocation();
        try (DirectoryLock lock = handover.lockGeneration(5);
                URLClassLoader loader = new URLClassLoader(new URL[]{classes}, null)) {
            Class<?> copy = loader.loadClass(HandoverDirectory.class.getName());
            Object opened = copy.getMethod("open", Path.class).invoke(null, directory);
            assertEquals(true, copy.getMethod("isGenerationAlive", long.class).invoke(opened, 5L));
            try (ChildJvm other = ChildJvm.start(Other.class, directory.toString())) {
                assertTrue(other.receive().startsWith("alive, "));
            }
            assertTrue(lock.isHeld());
        }
    }

    @Test
    void aLockEndsWithItsProcessAndNotBefore() throws Exception {
        try (ChildJvm other = ChildJvm.start(Other.class, directory.toString())) {
            assertEquals("dead, locked", other.receive());
            assertTrue(handover.isGenerationAlive(5));
            assertTrue(handover.isGenerationAlive(5), "asking again does not change it");
            FileSystemException e = assertThrows(FileSystemException.class, () -> handover.lockGeneration(5));
            assertTrue(e.getReason().contains("process " + other.pid() + ":"), e.getMessage());
            handover.reclaim();
            assertTrue(handover.isGenerationAlive(5));
            other.kill();
        }
        assertFalse(handover.isGenerationAlive(5));
        handover.lockGeneration(5).close();
    }

    @Test
    void whoOnlyAsksDoesNotKeepAnybodyFromLocking() throws Exception {
        try (ChildJvm asking = ChildJvm.start(Asking.class, directory.toString())) {
            handover.lockGeneration(5).close();
            assertEquals("asking", asking.receive());
            for (int round = 0; round < 200; round++) {
                handover.lockGeneration(5).close();
            }
        }
    }

    /** Asks whether generation 5 is alive, all the time. */
    public static final class Asking {

        private Asking() {}

        public static void main(String[] arguments) throws IOException {
            HandoverDirectory handover = HandoverDirectory.open(Path.of(arguments[0]));
            System.out.println("asking");
            while (true) {
                handover.isGenerationAlive(5);
            }
        }
    }

    @Test
    void aLockFileThatIsNotOursIsNotFollowed() throws IOException {
        Path target = Files.createFile(directory.resolve("target"));
        Files.createSymbolicLink(directory.resolve("supervisor.lock"), target);
        FileSystemException e = assertThrows(FileSystemException.class, handover::lockSupervisor);
        assertTrue(e.getReason().contains("symbolic link"), e.getMessage());
        assertEquals(0, Files.size(target));
    }

    /** Asks whether generation 5 is alive, tries to be it, and waits for the end of its input. */
    public static final class Other {

        private Other() {}

        public static void main(String[] arguments) throws IOException {
            HandoverDirectory handover = HandoverDirectory.open(Path.of(arguments[0]));
            String alive = handover.isGenerationAlive(5) ? "alive, " : "dead, ";
            try {
                handover.lockGeneration(5);
                System.out.println(alive + "locked");
            } catch (FileSystemException e) {
                System.out.println(alive + e.getReason().replaceAll(":.*", ""));
            }
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
