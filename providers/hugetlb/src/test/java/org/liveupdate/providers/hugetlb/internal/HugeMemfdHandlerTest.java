package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.hugetlb.internal.Bytes.assertRefused;
import static org.liveupdate.providers.hugetlb.internal.Bytes.some;
import static org.liveupdate.providers.hugetlb.internal.Generation.GIB_1;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Side;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;

/** huge-memfd-v1 with hugetlb-v1, both sides in one JVM. After each test every page is free, in the last generation. */
class HugeMemfdHandlerTest {

    private static final Map<String, String> POOL = Map.of(Settings.PAGES, "2M:8,1G:1");

    @TempDir
    Path directory;

    private Generation generation;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory, POOL);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.pages(), () -> generation.memory.statistics().toString());
        assertEquals(0, generation.taken());
        generation.close();
    }

    private HugeMemfd written(long pages) throws IOException {
        HugeMemfd file = generation.create(pages);
        file.write(some((int) (pages * MIB_2)));
        return file;
    }

    private long outgoing() throws Exception {
        return generation.flbs.pages(Side.OUTGOING, MIB_2);
    }

    private long incoming() throws Exception {
        return generation.flbs.pages(Side.INCOMING, MIB_2);
    }

    @Test
    void takesItsOwnHugeMemfdsOnly() throws IOException {
        try (HugeMemfd file = generation.create(0)) {
            assertTrue(generation.handler.canPreserve(file));
            assertFalse(generation.handler.canPreserve("test"));
        }
    }

    @Test
    void theSuccessorHasTheSameBytesSizePositionAndPageSize() throws Exception {
        HugeMemfd file = written(3);
        file.position(42);
        Held held = Held.preserve(generation, file);
        held.freeze();
        generation = generation.next();
        held = held.inheritedBy(generation);
        HugeMemfd retrieved = held.retrieve();
        assertEquals(3 * MIB_2, retrieved.size());
        assertEquals(MIB_2, retrieved.pageSize());
        assertEquals(42, retrieved.position());
        assertArrayEquals(some((int) (3 * MIB_2)).array(), Bytes.read(retrieved));
        assertRefused(Errno.EPERM, () -> retrieved.truncate(0));
        assertEquals(0, held.finish());
        assertArrayEquals(some((int) (3 * MIB_2)).array(), Bytes.visited(retrieved));
        retrieved.truncate(4 * MIB_2);
        retrieved.close();
    }

    @Test
    void theCountersFollowThePreservedFilesOfBothSides() throws Exception {
        Held three = Held.preserve(generation, written(3));
        assertEquals(3, outgoing());
        Held two = Held.preserve(generation, written(2));
        Held none = Held.preserve(generation, written(0));
        HugeMemfd dropped = written(1);
        assertEquals(0, Held.preserve(generation, dropped).unpreserve());
        dropped.close();
        assertEquals(5, outgoing());
        assertEquals(0, generation.flbs.pages(Side.OUTGOING, GIB_1));
        assertEquals(1, generation.flbs.preserved);
        for (Held held : new Held[]{three, two, none}) {
            held.freeze();
        }
        generation = generation.next();
        assertEquals(5, incoming());
        assertEquals(0, generation.flbs.pages(Side.INCOMING, GIB_1));
        three = three.inheritedBy(generation);
        three.retrieve();
        assertEquals(5, incoming(), "retrieved and not finished: the FLB still counts them");
        assertEquals(0, three.finish());
        assertEquals(2, incoming());
        assertEquals(3, generation.taken());
        assertEquals(0, two.inheritedBy(generation).finish());
        assertEquals(0, incoming());
        assertEquals(0, none.inheritedBy(generation).finish());
        assertEquals(1, generation.flbs.finished);
        assertEquals(3, generation.taken());
        three.file.close();
    }

    @Test
    void unpreservingTheLastFileEndsTheFlb() throws Exception {
        HugeMemfd file = written(2);
        long pages = generation.pages();
        for (int i = 1; i <= 3; i++) {
            Held held = Held.preserve(generation, file);
            assertEquals(2, outgoing());
            assertEquals(i, generation.flbs.preserved);
            assertEquals(0, held.unpreserve());
            assertEquals(0, outgoing());
            assertEquals(pages, generation.pages());
        }
        assertArrayEquals(some((int) (2 * MIB_2)).array(), Bytes.read(file));
        file.close();
    }

    @Test
    void theSuccessorsPoolLeavesAloneWhatIsInUse() throws Exception {
        Held five = Held.preserve(generation, written(5));
        Held two = Held.preserve(generation, written(2));
        five.freeze();
        two.freeze();
        generation = generation.next();
        assertRefused(Errno.ENOMEM, () -> generation.create(2));
        HugeMemfd one = generation.create(1);
        assertRefused(Errno.ENOMEM, () -> one.truncate(2 * MIB_2));
        Held inherited = five.inheritedBy(generation);
        inherited.retrieve();
        assertRefused(Errno.ENOMEM, () -> generation.create(1));
        assertEquals(0, inherited.finish());
        assertRefused(Errno.ENOMEM, () -> generation.create(1));
        assertEquals(0, two.inheritedBy(generation).finish());
        generation.create(2).close();
        assertRefused(Errno.ENOMEM, () -> generation.create(3));
        inherited.file.close();
        generation.create(7).close();
        one.close();
    }

    @Test
    void aSmallerPoolInTheSuccessorStillTakesWhatIsInUse() throws Exception {
        Held five = Held.preserve(generation, written(5));
        five.freeze();
        generation = generation.next(Map.of(Settings.PAGES, "2M:2"));
        five = five.inheritedBy(generation);
        HugeMemfd retrieved = five.retrieve();
        assertEquals(0, five.finish());
        assertEquals(5, generation.taken());
        assertRefused(Errno.ENOMEM, () -> generation.create(1));
        retrieved.close();
        generation.create(2).close();
    }

    @Test
    void whilePreservedContentsChangeAndTheSizeDoesNot() throws Exception {
        HugeMemfd file = written(1);
        Held held = Held.preserve(generation, file);
        file.write(10, some(10));
        assertRefused(Errno.EPERM, () -> file.truncate(0));
        assertRefused(Errno.EPERM, () -> file.truncate(2 * MIB_2));
        held.freeze();
        assertRefused(Errno.EBUSY, () -> file.write(0, some(1)));
        held.unfreeze();
        file.write(0, some(1));
        assertEquals(0, held.unpreserve());
        file.truncate(2 * MIB_2);
        file.close();
    }

    @Test
    void aFileClosedByItsUserIsKeptByTheSession() throws Exception {
        HugeMemfd file = written(2);
        Held held = Held.preserve(generation, file);
        file.close();
        assertEquals(2, generation.taken());
        held.freeze();
        generation = generation.next();
        held = held.inheritedBy(generation);
        held.retrieve().close();
        assertEquals(2, incoming());
        assertEquals(0, held.finish());
        assertEquals(0, generation.taken());
    }

    @Test
    void aClosedFileCannotBePreserved() throws Exception {
        HugeMemfd file = written(1);
        file.close();
        assertRefused(Errno.EBADF, () -> Held.preserve(generation, file));
        assertEquals(0, outgoing());
    }

    @Test
    void aFailedPreserveLeavesTheCountersAsTheyWere() throws Exception {
        HugeMemfd first = written(1);
        Held held = Held.preserve(generation, first);
        // an FLB of an earlier version, say, that does not know the page size
        Region counters = generation.flbs.outgoingScope().region(generation.flbs.outgoingData());
        counters.putByte(8, (byte) 10);
        HugeMemfd second = written(1);
        long pages = generation.pages();
        assertRefused(Errno.ENOENT, () -> Held.preserve(generation, second));
        assertEquals(pages, generation.pages());
        counters.putByte(8, (byte) 9);
        assertEquals(1, outgoing());
        second.truncate(2 * MIB_2);
        second.close();
        assertEquals(0, held.unpreserve());
        first.close();
    }

    @Test
    void aPreserveThatRunsOutOfMemoryIsUndone() throws Exception {
        generation.close();
        generation = Generation.first(directory, POOL, 3 * MIB_2);
        HugeMemfd file = generation.create(2);
        List<Long> rest = new ArrayList<>();
        assertThrows(KhoException.class, () -> {
            while (true) {
                rest.add(generation.pool().allocate(4096).address());
            }
        });
        for (int pages = 0; pages < 4; pages++) {
            assertEquals(Reason.NO_MEMORY,
                    assertThrows(KhoException.class, () -> Held.preserve(generation, file)).reason());
            assertEquals(0, outgoing());
            assertEquals(0, generation.memory.statistics().preservedPages());
            generation.pool().free(rest.remove(0));
        }
        Held held = Held.preserve(generation, file);
        assertEquals(2, outgoing());
        assertEquals(0, held.unpreserve());
        rest.forEach(generation.pool()::free);
        file.close();
    }

    @Test
    void pagesOfAFileClosedWhileMemoryIsFrozenAreFreedAfterwards() throws Exception {
        HugeMemfd file = written(1);
        generation.memory.freeze();
        file.close();
        generation.memory.thaw();
        assertEquals(1, generation.taken());
        generation.create(0).close();
        assertEquals(0, generation.taken());
    }

    @Test
    void manyPagesNeedMoreThanOnePageOfEntries() throws Exception {
        generation.close();
        generation = Generation.first(directory, Map.of(Settings.PAGES, "2M:400"));
        HugeMemfd file = generation.create(300);
        for (int page = 0; page < 300; page++) {
            file.write(page * MIB_2 + page, some(1 + page));
        }
        Held held = Held.preserve(generation, file);
        assertEquals(300 * 512 + 2 + 2 + 1, generation.pages(), "record, counters, two pages of entries, chunk");
        held.freeze();
        generation = generation.next();
        held = held.inheritedBy(generation);
        HugeMemfd retrieved = held.retrieve();
        for (int page = 0; page < 300; page++) {
            byte[] bytes = new byte[1 + page];
            retrieved.read(page * MIB_2 + page, ByteBuffer.wrap(bytes));
            assertArrayEquals(some(1 + page).array(), bytes);
        }
        assertEquals(0, held.finish());
        retrieved.close();
    }

    @Test
    void theRecordsAreTheOriginalsToTheByte() throws Exception {
        HugeMemfd file = generation.create(2);
        file.position(3);
        Held held = Held.preserve(generation, file);
        held.freeze();
        Region record = held.scope.region(held.data);
        assertEquals(2 * MIB_2, record.getLong(0));
        assertEquals(3, record.getLong(8));
        assertEquals(2, record.getLong(16));
        assertEquals(9, record.getByte(40), "order");
        byte[] rest = new byte[4096 - 41];
        record.read(41, rest, 0, rest.length);
        assertArrayEquals(new byte[4096 - 41], rest, "our own fields are zero");
        Region array = held.scope.region(held.scope.region(record.getLong(24)).getLong(8));
        assertEquals(512, array.getLong(24), "index of the second page");

        Region counters = generation.flbs.outgoingScope().region(generation.flbs.outgoingData());
        assertEquals(2, counters.getLong(0));
        assertEquals(9, counters.getByte(8));
        assertEquals(0, counters.getLong(9));
        assertEquals(18, counters.getByte(17));
        assertEquals(2, counters.getByte(36), "page sizes");
        held.unfreeze();
        assertEquals(0, held.unpreserve());
        file.close();
    }

    @ParameterizedTest
    @CsvSource({"0, -1, EINVAL", "0, 4096, EINVAL", "0, 2097152, EINVAL", "8, -1, EINVAL", "16, 1, EINVAL",
            "16, -1, EINVAL", "24, 0, EINVAL", "32, -1, EINVAL", "40, 0, EINVAL", "40, 10, EINVAL", "40, 18, EINVAL",
            "40, 255, EINVAL", "40, 521, EINVAL", "40, 265, ENODEV"})
    void aBadRecordIsRefusedAndFinishFreesEverything(int offset, long value, Errno errno) throws Exception {
        Held held = Held.preserve(generation, written(2));
        held.freeze();
        held.scope.region(held.data).putLong(offset, value);
        generation = generation.next();
        Held inherited = held.inheritedBy(generation);
        long pages = generation.pages();
        assertRefused(errno, inherited::retrieve);
        assertEquals(pages, generation.pages());
        assertEquals(0, inherited.finish());
    }

    @Test
    void aPageThatIsNotPreservedIsEinval() throws Exception {
        Held held = Held.preserve(generation, written(2));
        held.freeze();
        Region chunk = held.scope.region(held.scope.region(held.data).getLong(24));
        held.scope.region(chunk.getLong(8)).putLong(0, 0x1234_5678);
        generation = generation.next();
        Held inherited = held.inheritedBy(generation);
        assertRefused(Errno.EINVAL, inherited::retrieve);
        assertEquals(0, inherited.finish());
    }

    @Test
    void damagedCountersAreEinvalAndFilesDoNotNeedThem() throws Exception {
        Held held = Held.preserve(generation, written(1));
        held.freeze();
        generation.flbs.outgoingScope().region(generation.flbs.outgoingData()).putByte(36, (byte) 5);
        generation = generation.next();
        assertRefused(Errno.EINVAL, this::incoming);
        Held inherited = held.inheritedBy(generation);
        HugeMemfd retrieved = inherited.retrieve();
        assertArrayEquals(Arrays.copyOf(some((int) MIB_2).array(), 100), Arrays.copyOf(Bytes.read(retrieved), 100));
        assertEquals(0, inherited.finish());
        assertEquals(1, inherited.reports.size());
        generation.close();
        generation = Generation.first(directory, POOL);
    }
}
