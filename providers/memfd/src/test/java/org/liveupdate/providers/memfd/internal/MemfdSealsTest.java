package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liveupdate.providers.memfd.internal.Bytes.assertRefused;
import static org.liveupdate.providers.memfd.internal.Bytes.some;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.memory.Seal;

/** What seals forbid, and that they are never lost. After each test every page is free. */
class MemfdSealsTest {

    private static final int BYTES = 10_000;

    @TempDir
    Path directory;

    private Generation generation;
    private Memfd memfd;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory);
        memfd = generation.create("test");
        memfd.write(some(BYTES));
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        memfd.close();
        assertEquals(0, generation.pages());
        generation.close();
    }

    @Test
    void aNewFileHasNoneAndAddedOnesAddUp() throws IOException {
        assertEquals(Set.of(), memfd.seals());
        memfd.addSeals(Set.of(Seal.GROW));
        memfd.addSeals(Set.of(Seal.GROW, Seal.SHRINK));
        memfd.addSeals(Set.of());
        assertEquals(Set.of(Seal.GROW, Seal.SHRINK), memfd.seals());
        assertThrows(UnsupportedOperationException.class, () -> memfd.seals().add(Seal.WRITE));
    }

    @Test
    void sealedAgainstShrinkingItGrowsOnly() throws IOException {
        memfd.addSeals(Set.of(Seal.SHRINK));
        assertRefused(Errno.EPERM, () -> memfd.truncate(BYTES - 1));
        memfd.truncate(BYTES);
        memfd.truncate(BYTES + 1);
        memfd.write(BYTES, some(2));
        assertEquals(BYTES + 2, memfd.size());
    }

    @Test
    void sealedAgainstGrowingItShrinksOnly() throws IOException {
        memfd.addSeals(Set.of(Seal.GROW));
        assertRefused(Errno.EPERM, () -> memfd.truncate(BYTES + 1));
        assertRefused(Errno.EPERM, () -> memfd.write(BYTES - 1, some(2)));
        memfd.write(BYTES - 1, some(1));
        memfd.truncate(BYTES - 1);
        assertEquals(BYTES - 1, memfd.size());
    }

    @Test
    void sealedAgainstWritingItsBytesAreReadOnly() throws IOException {
        memfd.addSeals(Set.of(Seal.WRITE));
        assertRefused(Errno.EPERM, () -> memfd.write(0, some(1)));
        assertRefused(Errno.EPERM, () -> memfd.write(BYTES, some(1)));
        assertArrayEquals(some(BYTES).array(), Bytes.read(memfd));
    }

    @Test
    void sealedAgainstSealsItGetsNoMore() throws IOException {
        memfd.addSeals(Set.of(Seal.SEAL, Seal.SHRINK));
        assertRefused(Errno.EPERM, () -> memfd.addSeals(Set.of(Seal.GROW)));
        assertEquals(Set.of(Seal.SEAL, Seal.SHRINK), memfd.seals());
    }

    @Test
    void aPinnedFileIsNotSealedAgainstWriting() throws IOException {
        Pin first = memfd.pin(0, 1);
        Pin second = memfd.pin(5, 5);
        assertRefused(Errno.EBUSY, () -> memfd.addSeals(Set.of(Seal.GROW, Seal.WRITE)));
        assertEquals(Set.of(), memfd.seals());
        memfd.addSeals(Set.of(Seal.GROW));
        first.close();
        first.close();
        assertRefused(Errno.EBUSY, () -> memfd.addSeals(Set.of(Seal.WRITE)));
        second.close();
        memfd.addSeals(Set.of(Seal.WRITE));
        try (Pin readOnly = memfd.pin(0, 1)) {
            memfd.addSeals(Set.of(Seal.WRITE));
            assertEquals(1, readOnly.extents().size());
        }
    }

    @Test
    void aClosedFileTellsNothing() throws IOException {
        memfd.close();
        assertRefused(Errno.EBADF, () -> memfd.seals());
        assertRefused(Errno.EBADF, () -> memfd.addSeals(Set.of(Seal.GROW)));
    }

    @Test
    void theSuccessorHasThemAlsoThoseAddedWhilePreserved() throws Exception {
        memfd.addSeals(Set.of(Seal.SHRINK));
        Held held = Held.preserve(generation, memfd);
        memfd.addSeals(Set.of(Seal.GROW));
        held.freeze();
        assertRefused(Errno.EBUSY, () -> memfd.addSeals(Set.of(Seal.WRITE)));
        generation = generation.next();
        held = held.inheritedBy(generation);
        memfd = held.retrieve();
        assertEquals(Set.of(Seal.SHRINK, Seal.GROW), memfd.seals());
        assertEquals(0, held.finish());
        assertRefused(Errno.EPERM, () -> memfd.truncate(0));
    }

    @Test
    void theNextVersionOfTheBundleHasThem() throws Exception {
        Held held = Held.preserve(generation, memfd);
        memfd.addSeals(EnumSet.allOf(Seal.class));
        Memfd old = memfd;
        memfd = held.swap();
        assertEquals(EnumSet.allOf(Seal.class), memfd.seals());
        assertRefused(Errno.ENODEV, () -> old.seals());
        assertRefused(Errno.ENODEV, () -> old.addSeals(Set.of(Seal.GROW)));
        assertRefused(Errno.EPERM, () -> memfd.write(0, some(1)));
        assertEquals(0, held.unpreserve());
    }
}
