package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuddyAllocatorTest {

    private static final int PAGES = 3 << Pages.MAX_ORDER - 6;

    private record Taken(int page, int order) {}

    @Test
    void behavesLikeABitmapOfPages() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        BuddyAllocator allocator = new BuddyAllocator();
        allocator.freeRange(1, PAGES);
        BitSet free = new BitSet();
        free.set(1, PAGES);
        List<Taken> taken = new ArrayList<>();
        for (int step = 0; step < 60_000; step++) {
            String where = "seed " + seed + " step " + step;
            int order = random.nextInt(10);
            boolean fill = step / 5_000 % 2 == 0;
            if (random.nextInt(3) == 0 == fill && !taken.isEmpty()) {
                Taken block = taken.remove(random.nextInt(taken.size()));
                allocator.free(block.page, block.order);
                free.set(block.page, block.page + (1 << block.order));
            } else if (random.nextInt(4) == 0) {
                int page = random.nextInt(PAGES) >>> order << order;
                boolean allFree = free.nextClearBit(page) >= page + (1 << order);
                assertEquals(allFree, allocator.allocateAt(page, order), where);
                if (allFree) {
                    free.clear(page, page + (1 << order));
                    taken.add(new Taken(page, order));
                }
            } else {
                int page = allocator.allocate(order);
                if (page < 0) {
                    assertEquals(-1, firstFree(free, order), where);
                    continue;
                }
                assertEquals(0, page & (1 << order) - 1, where + ": aligned");
                assertTrue(free.nextClearBit(page) >= page + (1 << order), where + ": was free");
                free.clear(page, page + (1 << order));
                taken.add(new Taken(page, order));
            }
            assertEquals(free.cardinality(), allocator.freePages(), where);
        }
        taken.forEach(block -> allocator.free(block.page, block.order));
        BuddyAllocator fresh = new BuddyAllocator();
        fresh.freeRange(1, PAGES);
        for (int order = 0; order <= Pages.MAX_ORDER; order++) {
            assertEquals(fresh.freeBlocks(order), allocator.freeBlocks(order), "all merged again, order " + order);
        }
    }

    @Test
    void takesTheLowestOfTheSmallestBlocksThatFit() {
        BuddyAllocator allocator = new BuddyAllocator();
        allocator.freeRange(1, 64);
        assertEquals(1, allocator.allocate(0));
        assertEquals(2, allocator.allocate(0));
        assertEquals(3, allocator.allocate(0));
        assertEquals(4, allocator.allocate(2));
        allocator.free(2, 0);
        assertEquals(2, allocator.allocate(0));
        assertEquals(32, allocator.allocate(5));
    }

    @Test
    void takesAParticularBlockOnlyIfAllOfItIsFree() {
        BuddyAllocator allocator = new BuddyAllocator();
        allocator.freeRange(0, 8);
        assertTrue(allocator.allocateAt(5, 0));
        assertFalse(allocator.allocateAt(4, 1));
        assertFalse(allocator.allocateAt(0, 3));
        assertTrue(allocator.allocateAt(4, 0));
        assertTrue(allocator.allocateAt(0, 2));
        assertFalse(allocator.allocateAt(8, 0), "beyond the end");
        assertEquals(2, allocator.freePages());
    }

    private static int firstFree(BitSet free, int order) {
        for (int page = 0; page < PAGES; page += 1 << order) {
            if (free.nextClearBit(page) >= page + (1 << order)) {
                return page;
            }
        }
        return -1;
    }
}
