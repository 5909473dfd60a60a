package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.memfd.internal.Bytes.assertRefused;
import static org.liveupdate.providers.memfd.internal.Bytes.some;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.memfd.Memfd;

/** The handler leaves and another one takes over, on both sides. After each test every page is free. */
class MemfdSwapTest {

    private static final int BYTES = 1_234_567;

    @TempDir
    Path directory;

    private Generation generation;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.pages(), () -> generation.memory.statistics().toString());
        generation.close();
    }

    private Memfd written() throws IOException {
        Memfd memfd = generation.create("test");
        memfd.write(some(BYTES));
        return memfd;
    }

    private Held handOver(Held held) throws Exception {
        held.freeze();
        generation = generation.next();
        return held.inheritedBy(generation);
    }

    @Test
    void aPreservedFileHasTheSameBytesSizeAndPositionAndWhatWasWrittenSince() throws Exception {
        Memfd old = written();
        Held held = Held.preserve(generation, old);
        old.write(100, some(1_000));
        old.position(77);
        byte[] expected = Bytes.read(old);
        Memfd fresh = held.swap();
        assertEquals(BYTES, fresh.size());
        assertEquals(77, fresh.position());
        assertArrayEquals(expected, Bytes.read(fresh));
        assertArrayEquals(some(1_000).array(), Arrays.copyOfRange(expected, 100, 1_100));
        assertEquals(0, held.unpreserve());
        fresh.close();
    }

    @Test
    void anAttachedFileIsWrittenButDoesNotGrowWhilePreservedAndIsHandedOver() throws Exception {
        Held held = Held.preserve(generation, written());
        Memfd fresh = held.swap();
        assertRefused(Errno.EPERM, () -> fresh.truncate(0));
        assertRefused(Errno.EPERM, () -> fresh.write(BYTES, some(1)));
        fresh.write(0, some(10));
        fresh.position(78);
        byte[] expected = Bytes.read(fresh);
        held = handOver(held);
        Memfd retrieved = held.retrieve();
        assertEquals(78, retrieved.position());
        assertArrayEquals(expected, Bytes.read(retrieved));
        assertEquals(0, held.finish());
        retrieved.close();
    }

    @Test
    void aRetrievedFileGoesOnAndGrowsOnceItIsFinished() throws Exception {
        Held held = handOver(Held.preserve(generation, written()));
        held.retrieve().position(5);
        Memfd fresh = held.swap();
        assertEquals(5, fresh.position());
        assertArrayEquals(some(BYTES).array(), Bytes.visited(fresh));
        assertRefused(Errno.EPERM, () -> fresh.truncate(0));
        assertEquals(0, held.finish());
        assertEquals(0, generation.preservedPages());
        fresh.truncate(2 * BYTES);
        fresh.close();
    }

    @Test
    void afterManySwapsAFileIsUnpreservedAndPreservedLikeAnyOther() throws Exception {
        Held held = Held.preserve(generation, written());
        long pages = generation.pages();
        for (int swap = 0; swap < 100; swap++) {
            held.swap();
        }
        assertEquals(pages, generation.pages());
        Memfd last = held.file;
        assertEquals(0, held.unpreserve());
        assertEquals(0, generation.preservedPages());
        last.truncate(2 * BYTES);
        assertEquals(0, Held.preserve(generation, last).unpreserve());
        last.close();
    }

    @Test
    void theOldObjectIsEnodevAndClosingItDoesNothing() throws Exception {
        Memfd old = written();
        Held held = Held.preserve(generation, old);
        Memfd fresh = held.swap();
        assertRefused(Errno.ENODEV, old::size);
        assertRefused(Errno.ENODEV, old::position);
        assertRefused(Errno.ENODEV, () -> Bytes.read(old));
        assertRefused(Errno.ENODEV, () -> old.write(0, some(1)));
        assertRefused(Errno.ENODEV, () -> Held.preserve(generation, old));
        old.close();
        assertRefused(Errno.EBADF, old::size);
        assertEquals(0, held.unpreserve());
        assertArrayEquals(some(BYTES).array(), Bytes.read(fresh));
        fresh.close();
    }

    @Test
    void aVisitUnderWaySeesNoFurtherPieceOfTheOldObject() throws Exception {
        Memfd old = written();
        Held held = Held.preserve(generation, old);
        int[] pieces = {0};
        assertRefused(Errno.ENODEV, () -> old.visit(view -> {
            pieces[0]++;
            swapped(held);
        }));
        assertEquals(1, pieces[0]);
        held.file.close();
        assertEquals(0, held.unpreserve());
    }

    private static void swapped(Held held) throws IOException {
        try {
            held.swap();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void aFileThatItsUserHadClosedIsKeptByTheSessionAlone() throws Exception {
        Memfd old = written();
        Held held = Held.preserve(generation, old);
        old.close();
        held.swap();
        held.swap();
        assertTrue(generation.pages() > 0, "the session has it");
        assertEquals(0, held.unpreserve());
        assertEquals(0, generation.pages());
    }

    @Test
    void aClosedFileThatWasSwappedIsOpenInTheSuccessor() throws Exception {
        Memfd old = written();
        Held held = Held.preserve(generation, old);
        old.close();
        held.swap();
        held = handOver(held);
        assertArrayEquals(some(BYTES).array(), Bytes.read(held.retrieve()));
        Memfd fresh = held.swap();
        assertArrayEquals(some(BYTES).array(), Bytes.read(fresh));
        assertEquals(0, held.finish());
        fresh.close();
    }

    @Test
    void aRetrievedFileThatItsUserClosedGoesWithTheFinish() throws Exception {
        Held held = handOver(Held.preserve(generation, written()));
        held.retrieve().close();
        held.swap();
        assertEquals(0, held.finish());
        assertEquals(0, generation.pages());
    }

    @Test
    void anOwnerThatLeftWithoutDetachingLeavesTheBytes() throws Exception {
        Memfd old = written();
        Held held = Held.preserve(generation, old);
        Memfd fresh = held.revoked();
        assertArrayEquals(some(BYTES).array(), Bytes.read(fresh));
        assertRefused(Errno.ENODEV, () -> Bytes.read(old));
        old.close();
        assertEquals(0, held.unpreserve());
        fresh.close();
    }

    @Test
    void anOrdinaryFileOfAProviderThatLeftIsUsedUntilItIsClosed() throws Exception {
        Memfd ordinary = written();
        Held held = Held.preserve(generation, written());
        held.swap().close();
        ordinary.truncate(2 * BYTES);
        assertEquals(2 * BYTES, ordinary.size());
        assertEquals(0, held.unpreserve());
        ordinary.close();
    }
}
