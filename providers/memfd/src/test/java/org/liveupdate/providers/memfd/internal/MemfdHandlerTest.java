package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.memfd.internal.Bytes.assertRefused;
import static org.liveupdate.providers.memfd.internal.Bytes.some;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.kho.Block;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.Seal;

/** memfd-v2, both sides in one JVM. After each test every page is free, in the last generation. */
class MemfdHandlerTest {

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

    private Memfd written(int bytes) throws IOException {
        Memfd memfd = generation.create("test");
        memfd.write(some(bytes));
        return memfd;
    }

    private Held handOver(Held held) throws Exception {
        held.freeze();
        generation = generation.next();
        return held.inheritedBy(generation);
    }

    @Test
    void takesItsOwnMemfdsOnly() throws IOException {
        try (Memfd memfd = generation.create("test")) {
            assertTrue(Held.HANDLER.canPreserve(memfd));
            assertFalse(Held.HANDLER.canPreserve("test"));
        }
        assertEquals(Set.of(), Held.HANDLER.missing());
    }

    @Test
    void theSuccessorHasTheSameBytesSizeAndPosition() throws Exception {
        Memfd memfd = written(1_234_567);
        memfd.position(42);
        Held held = handOver(Held.preserve(generation, memfd));
        Memfd retrieved = held.retrieve();
        assertEquals(1_234_567, retrieved.size());
        assertEquals(42, retrieved.position());
        assertArrayEquals(some(1_234_567).array(), Bytes.read(retrieved));
        assertArrayEquals(some(1_234_567).array(), Bytes.visited(retrieved));
        assertEquals(0, held.finish());
        assertArrayEquals(some(1_234_567).array(), Bytes.read(retrieved));
        assertEquals(0, generation.preservedPages());
        retrieved.close();
    }

    @Test
    void preservingLeavesTheBytesWhereTheyAre() throws Exception {
        Memfd memfd = written(1_000_000);
        long pages = generation.pages();
        Set<Long> before = addresses((MemfdFile) memfd);
        Held held = Held.preserve(generation, memfd);
        Set<Long> preserved = new TreeSet<>();
        held.scope.blocks().stream().map(Block::address).forEach(preserved::add);
        assertTrue(preserved.containsAll(before));
        assertEquals(pages + 3, generation.pages(), "one page each for record, chunk and array");
        held = handOver(held);
        assertEquals(before, addresses(held.retrieve()));
        assertEquals(0, held.finish());
        assertEquals(pages, generation.pages());
        held.file.close();
    }

    private static Set<Long> addresses(MemfdFile file) {
        Set<Long> addresses = new TreeSet<>();
        file.blocks().forEach(block -> addresses.add(block.address()));
        return addresses;
    }

    @Test
    void anEmptyFileHasNoFolios() throws Exception {
        Held held = Held.preserve(generation, generation.create("empty"));
        assertEquals(1, generation.pages());
        held = handOver(held);
        assertEquals(0, held.retrieve().size());
        assertEquals(0, held.finish());
        held.file.write(some(10));
        assertArrayEquals(some(10).array(), Bytes.read(held.file));
        held.file.close();
    }

    @Test
    void theRecordIsTheOriginalsToTheByte() throws Exception {
        Memfd memfd = generation.create("layout");
        memfd.truncate(5 * 4096);
        memfd.position(3);
        memfd.addSeals(Set.of(Seal.SHRINK, Seal.GROW));
        Held held = Held.preserve(generation, memfd);
        held.freeze();
        Region record = held.scope.region(held.data);
        assertEquals(3, record.getLong(0));
        assertEquals(5 * 4096, record.getLong(8));
        assertEquals(0x6, record.getInt(16), "SHRINK and GROW");
        assertEquals(0, record.getInt(20), "flags");
        assertEquals(2, record.getLong(24));
        assertEquals(1, record.getInt(40), "pages of the array");
        assertEquals(1, record.getShort(44), "ALLOC");
        assertEquals(0, record.getShort(46), "order");
        Region chunk = held.scope.region(record.getLong(32));
        assertEquals(0, chunk.getLong(0));
        Region array = held.scope.region(chunk.getLong(8));
        MemfdFile file = held.file;
        assertEquals(file.blocks().get(0).address() >> 12 | 3L << 52, array.getLong(0), "pfn, DIRTY and UPTODATE");
        assertEquals(0, array.getLong(8));
        assertEquals(file.blocks().get(1).address() >> 12 | 3L << 52, array.getLong(16));
        assertEquals(4, array.getLong(24));
        assertEquals(0, record.getLong(48));
        held.unfreeze();
        assertEquals(0, held.unpreserve());
        memfd.close();
    }

    @Test
    void writesWhilePreservedArriveAndGrowingIsEperm() throws Exception {
        Memfd memfd = written(10_000);
        Held held = Held.preserve(generation, memfd);
        memfd.write(9_000, some(1_000));
        assertRefused(Errno.EPERM, () -> memfd.write(9_001, some(1_000)));
        assertRefused(Errno.EPERM, () -> memfd.write(some(1)));
        assertRefused(Errno.EPERM, () -> memfd.truncate(9_999));
        assertRefused(Errno.EPERM, () -> memfd.truncate(10_001));
        memfd.truncate(10_000);
        byte[] expected = Bytes.read(memfd);
        held = handOver(held);
        assertArrayEquals(expected, Bytes.read(held.retrieve()));
        assertArrayEquals(some(1_000).array(), Arrays.copyOfRange(expected, 9_000, 10_000));
        assertEquals(0, held.finish());
        held.file.close();
    }

    @Test
    void afterUnpreserveTheFileGrowsAgain() throws Exception {
        Memfd memfd = written(10_000);
        long pages = generation.pages();
        Held held = Held.preserve(generation, memfd);
        assertEquals(0, held.unpreserve());
        assertEquals(pages, generation.pages());
        assertEquals(0, generation.preservedPages());
        memfd.write(some(1_000));
        assertEquals(11_000, memfd.size());
        memfd.truncate(5);
        memfd.close();
    }

    @Test
    void thePositionIsThatOfTheFreeze() throws Exception {
        Memfd memfd = written(100);
        Held held = Held.preserve(generation, memfd);
        memfd.position(55);
        held = handOver(held);
        assertEquals(55, held.retrieve().position());
        assertEquals(0, held.finish());
        held.file.close();
    }

    @Test
    void freezingWhatWasNotPreservedIsEinval() throws Exception {
        Memfd memfd = written(100);
        Held held = Held.preserve(generation, memfd);
        long data = held.data;
        held.data = 0;
        assertRefused(Errno.EINVAL, () -> {
            try {
                held.freeze();
            } finally {
                held.scope.rollback();
            }
        });
        held.data = data;
        assertEquals(0, held.unpreserve());
        memfd.close();
    }

    @Test
    void whileFrozenNothingIsWrittenAndAfterUnfreezeItIs() throws Exception {
        Memfd memfd = written(100);
        Held held = Held.preserve(generation, memfd);
        held.freeze();
        assertRefused(Errno.EBUSY, () -> memfd.write(0, some(1)));
        assertArrayEquals(some(100).array(), Bytes.read(memfd));
        held.unfreeze();
        assertEquals(1, memfd.write(0, some(1)));
        assertEquals(0, held.unpreserve());
        memfd.close();
    }

    @Test
    void aFrozenMemoryRefusesWritesToAllFiles() throws Exception {
        Memfd memfd = written(100);
        generation.memory.freeze();
        assertRefused(Errno.EBUSY, () -> memfd.write(0, some(1)));
        assertRefused(Errno.EBUSY, () -> memfd.truncate(1 << 20));
        assertArrayEquals(some(100).array(), Bytes.read(memfd));
        generation.memory.thaw();
        memfd.close();
    }

    @Test
    void aFileClosedWhileMemoryIsFrozenIsFreedAfterwards() throws Exception {
        MemfdFactory factory = new MemfdFactoryComponent(generation.pool());
        Memfd memfd = factory.create("test");
        memfd.write(some(10_000));
        generation.memory.freeze();
        memfd.close();
        assertTrue(generation.pages() > 0);
        generation.memory.thaw();
        factory.create("next").close();
        assertEquals(0, generation.pages());
    }

    @Test
    void retrievedTheSizeIsFixedUntilFinish() throws Exception {
        Held held = handOver(Held.preserve(generation, written(10_000)));
        Memfd retrieved = held.retrieve();
        assertRefused(Errno.EPERM, () -> retrieved.truncate(0));
        assertRefused(Errno.EPERM, () -> retrieved.write(9_999, some(2)));
        assertEquals(10, retrieved.write(9_990, some(10)));
        assertEquals(0, held.finish());
        retrieved.write(9_999, some(2));
        assertEquals(10_001, retrieved.size());
        retrieved.truncate(0);
        assertEquals(0, generation.pages());
        retrieved.close();
    }

    @Test
    void aFileGoesThroughManyUpdatesAndGrowsBetweenThem() throws Exception {
        Memfd memfd = generation.create("long-lived");
        byte[] expected = new byte[0];
        for (int update = 0; update < 10; update++) {
            memfd.write(some(50_000));
            expected = Arrays.copyOf(expected, expected.length + 50_000);
            System.arraycopy(some(50_000).array(), 0, expected, expected.length - 50_000, 50_000);
            Held held = handOver(Held.preserve(generation, memfd));
            memfd = held.retrieve();
            assertEquals(0, held.finish());
        }
        assertArrayEquals(expected, Bytes.read(memfd));
        memfd.close();
    }

    @Test
    void finishingWithoutRetrievingGivesEverythingBack() throws Exception {
        Held held = handOver(Held.preserve(generation, written(1_000_000)));
        assertTrue(generation.pages() > 244);
        assertEquals(0, held.finish());
        assertEquals(0, generation.pages());
    }

    @Test
    void aFileClosedByItsUserIsKeptByTheSession() throws Exception {
        Memfd memfd = written(10_000);
        Held held = Held.preserve(generation, memfd);
        memfd.close();
        held = handOver(held);
        assertArrayEquals(some(10_000).array(), Bytes.read(held.retrieve()));
        held.file.close();
        assertTrue(generation.pages() > 0, "the session has it");
        assertEquals(0, held.finish());
        assertEquals(0, generation.pages());
    }

    @Test
    void theLastOfUserAndSessionFreesThePages() throws Exception {
        Memfd closedFirst = written(10_000);
        Held held = Held.preserve(generation, closedFirst);
        closedFirst.close();
        assertEquals(0, held.unpreserve());
        assertEquals(0, generation.pages());

        Memfd closedLast = written(10_000);
        assertEquals(0, Held.preserve(generation, closedLast).unpreserve());
        assertArrayEquals(some(10_000).array(), Bytes.read(closedLast));
        closedLast.close();
        assertEquals(0, generation.pages());
    }

    @Test
    void aClosedFileCannotBePreserved() throws Exception {
        Memfd memfd = written(10_000);
        memfd.close();
        assertRefused(Errno.EBADF, () -> Held.preserve(generation, memfd));
    }

    @Test
    void aFailedPreserveLeavesTheFileAsItWas(@TempDir Path small) throws Exception {
        try (Generation tight = Generation.first(small, 64 * 4096)) {
            Memfd memfd = tight.create("tight");
            memfd.truncate(62 * 4096);
            memfd.write(some(100));
            KhoException e = assertThrows(KhoException.class, () -> Held.preserve(tight, memfd));
            assertEquals(KhoException.Reason.NO_MEMORY, e.reason());
            assertEquals(62, tight.pages());
            assertEquals(0, tight.preservedPages());
            memfd.truncate(59 * 4096);
            assertEquals(0, Held.preserve(tight, memfd).unpreserve());
            memfd.close();
            assertEquals(0, tight.pages());
        }
    }
}
