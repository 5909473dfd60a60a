package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.fdt.FdtNode;

class HandoverDirectoryTest {

    @TempDir
    Path parent;
    private Path directory;

    @BeforeEach
    void create() throws IOException {
        directory = Files.createDirectory(parent.resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Test
    void aPrivateDirectoryIsOpened() throws IOException {
        HandoverDirectory opened = HandoverDirectory.open(directory);
        assertEquals(directory.toRealPath(), opened.path());
        assertTrue(opened.where().contains(directory.toRealPath().toString()), opened.where());
    }

    @Test
    void aMissingDirectorySaysHowToCreateIt() {
        NoSuchFileException e = assertThrows(NoSuchFileException.class,
                () -> HandoverDirectory.open(parent.resolve("missing")));
        assertTrue(e.getMessage().contains("mkdir -m 700"), e.getMessage());
    }

    @Test
    void whatIsNoPrivateDirectoryIsRefused() throws IOException {
        assertRefused(Files.createFile(parent.resolve("file")), "is not a directory");
        assertRefused(Files.createSymbolicLink(parent.resolve("link"), directory), "symbolic link");
        for (String mode : List.of("rwxr-x---", "rwx---r-x", "rwxrwxrwx", "r-x------", "rw-------")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            assertRefused(directory, "chmod 700");
        }
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws IOException {
        try {
            Files.setAttribute(directory, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            Assumptions.abort("only root can give a directory to another user");
        }
        assertRefused(directory, "belongs to user 12345");
    }

    @Test
    void aParentThatEverybodyCanChangeIsRefusedUnlessItIsSticky() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertRefused(directory, "world-writable");
        Files.setAttribute(parent, "unix:mode", 01777);
        HandoverDirectory.open(directory);
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theDefaultIsPrivateAndSaysWhereItIs() throws IOException {
        HandoverDirectory created = HandoverDirectory.createDefault(1);
        try {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(created.path())));
            assertEquals(created.onTmpfs(), created.where().contains("(tmpfs)"));
        } finally {
            Files.delete(created.path());
        }
    }

    @Test
    void withoutRoomInSharedMemoryTheDefaultIsTheTemporaryDirectory() throws IOException {
        for (Path shared : List.of(parent.resolve("missing"), Path.of("/dev/shm"))) {
            HandoverDirectory created = HandoverDirectory.createDefault(shared, Long.MAX_VALUE);
            try {
                assertEquals(Path.of(System.getProperty("java.io.tmpdir")).toRealPath(), created.path().getParent());
                assertTrue(created.where().contains("because " + shared), created.where());
            } finally {
                Files.delete(created.path());
            }
        }
    }

    @Test
    void whatNobodyNeedsIsReclaimed() throws IOException {
        HandoverDirectory handover = HandoverDirectory.open(directory);
        Path needed = memoryFile("00000000000000aa");
        Path old = memoryFile("00000000000000bb");
        Path current = memoryFile("00000000000000cc");
        Path unfinished = Files.write(directory.resolve("image-7.new"), new byte[10]);
        Path other = Files.createFile(directory.resolve("notes.txt"));
        Path dead = Files.createFile(directory.resolve("generation-1.lock"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        commit(handover, 4, needed);
        try (DirectoryLock alive = handover.lockGeneration(2)) {
            assertEquals(List.of(dead, unfinished, old), handover.leftovers(current));
            Reclaimed reclaimed = handover.reclaim(current);
            assertEquals(List.of(dead, unfinished, old), reclaimed.files());
            assertEquals(110, reclaimed.bytes());
            assertTrue(
                    Files.exists(needed) && Files.exists(current) && Files.exists(other) && Files.exists(alive.path()));
        }
        assertEquals(List.of(), handover.reclaim(current).files().stream()
                .filter(file -> !file.toString().endsWith(".lock")).toList());
        ImageStore store = new ImageStore(handover);
        store.discard(store.pending().orElseThrow());
        assertEquals(List.of(needed), handover.reclaim(current).files());
    }

    @Test
    void anUndecidedImageThatCannotBeReadKeepsAllMemoryFiles() throws IOException {
        HandoverDirectory handover = HandoverDirectory.open(directory);
        memoryFile("00000000000000aa");
        Path bad = Files.write(directory.resolve("image-1.committed"), new byte[5000]);
        assertEquals(List.of(), handover.leftovers());
        Files.move(bad, directory.resolve("image-1.confirmed"));
        assertEquals(1, handover.leftovers().size());
    }

    private Path memoryFile(String number) throws IOException {
        return Files.write(directory.resolve("memory-" + number), new byte[100]);
    }

    private static void commit(HandoverDirectory handover, long number, Path memory) throws IOException {
        ImageWriter image = new ImageWriter();
        MemoryState state = new MemoryState(memory.getFileName().toString(), 4096, 1, List.of());
        new ImageStore(handover).commit(number, image.finish(FdtNode.root().add(state.writeTo(image))));
    }

    private static void assertRefused(Path path, String reason) {
        FileSystemException e = assertThrows(FileSystemException.class, () -> HandoverDirectory.open(path));
        assertTrue(e.getReason().contains(reason), e.getMessage());
        assertFalse(e.getFile().isEmpty());
    }
}
