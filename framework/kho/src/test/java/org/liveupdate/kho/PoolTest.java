package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;

class PoolTest {

    @TempDir
    Path directory;
    private HandoverMemory memory;
    private Pool pool;

    @BeforeEach
    void create() throws IOException {
        memory = HandoverMemory.create(directory, MemoryOptions.defaults());
        pool = memory.pool("memfd");
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    @Test
    void sizesAreRoundedUpToAPowerOfTwoOfPages() {
        assertEquals(4096, pool.allocate(1).size());
        assertEquals(4096, pool.allocate(4096).size());
        assertEquals(8192, pool.allocate(4097).size());
        assertEquals(16384, pool.allocate(8193).size());
        assertEquals(8, pool.pages());
    }

    @Test
    void blocksAreNaturallyAlignedAndNeverAtZero() {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Region region = pool.allocate(4096L << i % 6);
            assertNotEquals(0, region.address());
            assertEquals(0, region.address() % region.size());
            assertTrue(seen.add(region.address()));
        }
    }

    @Test
    void blocksAreZeroedAlsoWhenTheirPagesWereUsedBefore() {
        Region first = pool.allocate(8192);
        first.fill(0, 8192, (byte) -1);
        pool.free(first.address());
        Region second = pool.allocate(8192);
        assertEquals(first.address(), second.address());
        for (int i = 0; i < 8192; i += 8) {
            assertEquals(0, second.getLong(i));
        }
    }

    @Test
    void impossibleSizesAreRefused() {
        assertRefused(Reason.INVALID, () -> pool.allocate(0));
        assertRefused(Reason.INVALID, () -> pool.allocate(-1));
        assertRefused(Reason.INVALID, () -> pool.allocate((1L << 30) + 1));
        assertRefused(Reason.INVALID, () -> pool.allocate(Long.MAX_VALUE));
    }

    @Test
    void onlyOwnBlocksAreFoundAndFreed() {
        Region mine = pool.allocate(8192);
        Pool other = memory.pool("other");
        long[] wrong = {0, -1, 4096, mine.address() + 4096, mine.address() + 1, 1L << 40, Long.MIN_VALUE};
        for (long address : wrong) {
            assertRefused(Reason.NOT_ALLOCATED, () -> pool.region(address));
            assertRefused(Reason.NOT_ALLOCATED, () -> pool.free(address));
        }
        assertRefused(Reason.NOT_ALLOCATED, () -> other.region(mine.address()));
        assertRefused(Reason.NOT_ALLOCATED, () -> other.free(mine.address()));
        mine.putByte(0, (byte) 5);
        assertEquals(5, pool.region(mine.address()).getByte(0));
        pool.free(mine.address());
        KhoException twice = assertRefused(Reason.NOT_ALLOCATED, () -> pool.free(mine.address()));
        assertTrue(twice.getMessage().contains("memfd") && twice.getMessage().contains(memory.file().toString()),
                twice.getMessage());
        assertEquals(0, pool.pages());
    }

    @Test
    void thereIsOnePoolPerOwner() {
        assertSame(pool, memory.pool("memfd"));
        assertEquals("memfd", pool.owner());
    }

    @Test
    void theLimitIsAClearRefusalThatChangesNothing() throws IOException {
        try (HandoverMemory small = HandoverMemory.create(directory, new MemoryOptions(64 * 1024))) {
            Pool few = small.pool("few");
            few.allocate(32 * 1024);
            MemoryStatistics before = small.statistics();
            KhoException refusal = assertRefused(Reason.NO_MEMORY, () -> few.allocate(32 * 1024));
            assertTrue(refusal.getMessage().contains("limit of 65536"), refusal.getMessage());
            assertEquals(before, small.statistics());
            for (int page = 0; page < 7; page++) {
                few.allocate(4096);
            }
            assertRefused(Reason.NO_MEMORY, () -> few.allocate(1));
            assertEquals(15, few.pages());
        }
    }

    @Test
    void discardingAPoolEndsAllItsViews() {
        Region one = pool.allocate(4096);
        Region two = pool.allocate(8192);
        assertEquals(3, memory.discard(pool));
        assertEquals(0, pool.pages());
        assertRefused(Reason.NOT_ALLOCATED, () -> one.getByte(0));
        assertRefused(Reason.NOT_ALLOCATED, () -> two.putByte(0, (byte) 1));
        assertEquals(one.address(), pool.allocate(4096).address());
    }

    @Test
    void statisticsAddUp() {
        pool.allocate(4096);
        Region big = memory.pool("other").allocate(1 << 20);
        MemoryStatistics with = memory.statistics();
        assertEquals(1 << 18, with.totalPages());
        assertEquals(16 << 20, with.limitPages());
        assertEquals(257, with.usedPages());
        assertEquals(0, with.preservedPages());
        assertEquals(1L, with.poolPages().get("memfd"));
        assertEquals(256L, with.poolPages().get("other"));
        long free = 0;
        for (int order = 0; order < with.freeBlocks().size(); order++) {
            free += with.freeBlocks().get(order) << order;
        }
        assertEquals(with.totalPages() - 1 - with.usedPages(), free, "all but the first page");
        memory.pool("other").free(big.address());
        assertEquals(1, memory.statistics().usedPages());
        assertEquals(257, memory.statistics().highWaterPages());
        assertEquals(0, memory.statistics().fragmentation());
    }

    @Test
    void fragmentationShowsThatFreePagesAreScattered() throws IOException {
        try (HandoverMemory small = HandoverMemory.create(directory, new MemoryOptions(128 * 4096))) {
            Pool pages = small.pool("pages");
            for (int page = 1; page < 128; page++) {
                pages.allocate(4096);
            }
            assertEquals(0, small.statistics().fragmentation());
            for (int page = 1; page < 128; page += 2) {
                pages.free(page * 4096L);
            }
            assertEquals(1 - 1.0 / 64, small.statistics().fragmentation());
        }
    }
}
