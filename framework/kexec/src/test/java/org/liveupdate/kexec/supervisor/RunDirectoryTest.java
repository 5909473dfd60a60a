package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the bundle caches of the generations are. */
class RunDirectoryTest {
    private static final Path USUAL = Path.of("/tmp");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir
    Path directory;

    @Test
    void sharedMemoryWithRoomComesBeforeTheUsualDirectory() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SHARED_MEMORY)
                && Files.getFileStore(SHARED_MEMORY).type().equals("tmpfs")
                && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= 256L << 20, "/dev/shm has no room here");
        assertEquals(List.of(SHARED_MEMORY, USUAL), RunDirectory.parents(USUAL, SHARED_MEMORY));
    }

    @Test
    void directoryThatSomebodyChoseComesFirst() {
        assertEquals(List.of(directory, USUAL, SHARED_MEMORY), RunDirectory.parents(directory, SHARED_MEMORY));
    }

    @Test
    void sharedMemoryThatIsNotThereComesLast() {
        Path missing = directory.resolve("missing");
        assertEquals(List.of(USUAL, USUAL, missing), RunDirectory.parents(USUAL, missing));
    }

    @Test
    void sharedMemoryThatIsOnADiskComesLast() throws IOException {
        Assumptions.assumeFalse(Files.getFileStore(directory).type().equals("tmpfs"), "there is no disk here");
        assertEquals(List.of(USUAL, USUAL, directory), RunDirectory.parents(USUAL, directory));
    }
}
