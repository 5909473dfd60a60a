package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;

/** Whatever is opened in a handover directory, image, memory or lock, has to be a private file of this user. */
@Timeout(30)
class PrivateFileTest {

    /** What is opened, by the name it has. */
    enum Opened {
        IMAGE("image-1.claimed"), MEMORY("memory-00000000000000aa"), LOCK("generation-1.lock");

        private final String name;

        Opened(String name) {
            this.name = name;
        }

        void open(HandoverDirectory directory) throws IOException {
            switch (this) {
                case IMAGE -> {
                    ImageStore store = new ImageStore(directory);
                    store.load(store.pending().orElseThrow());
                }
                case MEMORY -> HandoverMemory.attach(directory, new MemoryState(name, 4096, 1, List.of()),
                        MemoryOptions.defaults()).close();
                case LOCK -> directory.lockGeneration(1).close();
            }
        }
    }

    @TempDir
    Path path;
    private HandoverDirectory directory;

    @BeforeEach
    void open() throws IOException {
        directory = HandoverDirectory.open(path);
    }

    @ParameterizedTest
    @EnumSource(Opened.class)
    void aPrivateFileIsOpened(Opened opened) throws IOException {
        create(opened.name);
        opened.open(directory);
    }

    @ParameterizedTest
    @EnumSource(Opened.class)
    void aFileWithASecondNameIsRefused(Opened opened) throws IOException {
        Files.createLink(path.resolve("second"), create(opened.name));
        assertRefused(opened, "2 names (hard links)");
    }

    @ParameterizedTest
    @EnumSource(Opened.class)
    void aSymbolicLinkIsNotFollowed(Opened opened) throws IOException {
        Path target = create("target");
        Files.createSymbolicLink(path.resolve(opened.name), target);
        byte[] before = Files.readAllBytes(target);
        assertRefused(opened, "symbolic link");
        assertEquals(before.length, Files.size(target));
    }

    @ParameterizedTest
    @EnumSource(Opened.class)
    void whatIsNoFileIsRefusedWithoutWaitingForAWriter(Opened opened) throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", path.resolve(opened.name).toString()).start();
        Assumptions.assumeTrue(mkfifo.waitFor() == 0, "there is no mkfifo");
        assertRefused(opened, "not a regular file");
    }

    @ParameterizedTest
    @EnumSource(Opened.class)
    void aFileThatOthersMayOpenIsRefused(Opened opened) throws IOException {
        Path file = create(opened.name);
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rw------x")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertRefused(opened, "is open to others");
        }
    }

    @ParameterizedTest
    @EnumSource(Opened.class)
    void aFileOfAnotherUserIsRefused(Opened opened) throws IOException {
        Path file = create(opened.name);
        try {
            Files.setAttribute(file, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            Assumptions.abort("only root can give a file to another user");
        }
        assertRefused(opened, "belongs to user 12345");
    }

    @Test
    void creatingNeverFollowsALinkNorOverwrites() throws IOException {
        Path target = path.resolve("target");
        Path link = path.resolve("image-2.new");
        Files.createSymbolicLink(link, target);
        ImageStore store = new ImageStore(directory);
        assertThrows(FileSystemException.class, () -> store.commit(2, ImageStoreTest.image(2)));
        assertThrows(FileSystemException.class, () -> directory.files().create(link));
        assertTrue(Files.notExists(target) && Files.isSymbolicLink(link));
    }

    private Path create(String name) throws IOException {
        Path file = Files.write(path.resolve(name), name.startsWith("gen") ? new byte[0]
                : name.startsWith("memory") ? new byte[4096] : ImageStoreTest.image(1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private void assertRefused(Opened opened, String reason) throws IOException {
        FileSystemException e = assertThrows(FileSystemException.class, () -> opened.open(directory));
        assertEquals(path.toRealPath().resolve(opened.name).toString(), e.getFile());
        assertTrue(e.getReason().contains(reason), e.getMessage());
        try (Stream<Path> files = Files.list(path)) {
            assertTrue(files.anyMatch(file -> file.endsWith(opened.name)), "what was refused stays");
        }
    }
}
