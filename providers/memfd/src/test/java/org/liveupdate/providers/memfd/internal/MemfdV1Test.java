package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.Seal;

/**
 * Reads {@code golden/memfd-v1.zip}: handover memory and image that the last version with {@code memfd-v1} wrote, with one
 * memfd of 20000 bytes at position 4711. After each test every page is free.
 */
class MemfdV1Test {

    @TempDir
    Path directory;

    private Generation generation;
    private Held held;

    @BeforeEach
    void attach() throws IOException {
        try (InputStream resource = MemfdV1Test.class.getResourceAsStream("/golden/memfd-v1.zip");
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.copy(zip, file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
        Image image = Image.read(directory.resolve("image"));
        generation = image.attach();
        held = image.inherit(Held.V1_HANDLER, generation);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.pages(), () -> generation.memory.statistics().toString());
        generation.close();
    }

    private static byte[] expected() {
        byte[] bytes = new byte[20_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    @Test
    void takesNoFile() throws IOException {
        try (Memfd memfd = generation.create("test")) {
            assertFalse(Held.V1_HANDLER.canPreserve(memfd));
        }
        held.finish();
    }

    @Test
    void theFileHasItsBytesSizeAndPositionAndNoSeals() throws Exception {
        Memfd memfd = held.retrieve();
        assertEquals(20_000, memfd.size());
        assertEquals(4711, memfd.position());
        assertArrayEquals(expected(), Bytes.read(memfd));
        assertEquals(Set.of(), memfd.seals());
        assertEquals(0, held.finish());
        memfd.close();
    }

    @Test
    void aFileThatNobodyRetrievesIsFreed() {
        assertEquals(0, held.finish());
    }

    @Test
    void replacingTheBundleBeforeTheSessionIsFinishedKeepsWhatHappenedSince() throws Exception {
        Memfd memfd = held.retrieve();
        memfd.write(4711, ByteBuffer.wrap(new byte[]{9}));
        memfd.addSeals(Set.of(Seal.SHRINK));
        Memfd fresh = held.swap();
        assertEquals(Set.of(Seal.SHRINK), fresh.seals());
        byte[] expected = expected();
        expected[4711] = 9;
        assertArrayEquals(expected, Bytes.read(fresh));
        assertEquals(0, held.finish());
        fresh.close();
    }

    @Test
    void theNextUpdateHandsItOverAsVersion2() throws Exception {
        Memfd memfd = held.retrieve();
        assertEquals(0, held.finish());
        memfd.addSeals(Set.of(Seal.GROW));
        Held next = Held.preserve(generation, memfd);
        next.freeze();
        generation = generation.next();
        next = next.inheritedBy(generation);
        Memfd successor = next.retrieve();
        assertEquals(Set.of(Seal.GROW), successor.seals());
        assertArrayEquals(expected(), Bytes.read(successor));
        assertEquals(0, next.finish());
        successor.close();
    }
}
