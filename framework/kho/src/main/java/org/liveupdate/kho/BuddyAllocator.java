package org.liveupdate.kho;

/**
 * Which pages are free: a buddy allocator over page numbers, without the pages.
 *
 * <p>Blocks have a power of two of pages and are aligned to their size. The smallest free block that is large enough,
 * and of those the one with the lowest address, is split in halves until it fits; freed blocks merge with their free
 * neighbours of the same size. Low addresses first keeps what has room in the file in use again. Every operation takes
 * at most one step per order. Not thread-safe.
 */
final class BuddyAllocator {

    private final FreeBits[] free = new FreeBits[Pages.MAX_ORDER + 1];
    private long freePages;

    BuddyAllocator() {
        for (int order = 0; order < free.length; order++) {
            free[order] = new FreeBits();
        }
    }

    /** The first page of a block that is not free any more, or -1 if there is none of this order or a higher one. */
    int allocate(int order) {
        for (int from = order; from < free.length; from++) {
            if (free[from].count() > 0) {
                int page = free[from].first() << from;
                take(page, order, page, from);
                return page;
            }
        }
        return -1;
    }

    /** Takes one particular block; false if not all of it is free. */
    boolean allocateAt(int page, int order) {
        for (int from = order; from < free.length; from++) {
            if (free[from].contains(page >>> from)) {
                take(page, order, page >>> from << from, from);
                return true;
            }
        }
        return false;
    }

    /** Frees a block that was allocated as a whole, or was never free before. */
    void free(int page, int order) {
        freePages += 1L << order;
        int index = page >>> order;
        int merged = order;
        while (merged < Pages.MAX_ORDER && free[merged].contains(index ^ 1)) {
            free[merged].remove(index ^ 1);
            index >>>= 1;
            merged++;
        }
        free[merged].add(index);
    }

    /** Frees all pages from {@code from} up to, not including, {@code to}, in the largest blocks possible. */
    void freeRange(long from, long to) {
        long page = from;
        while (page < to) {
            int aligned = Math.min(Pages.MAX_ORDER, Long.numberOfTrailingZeros(page));
            int fitting = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - page);
            int order = Math.min(aligned, fitting);
            free((int) page, order);
            page += 1L << order;
        }
    }

    /** How many free blocks of this order there are. */
    long freeBlocks(int order) {
        return free[order].count();
    }

    long freePages() {
        return freePages;
    }

    /** Takes {@code page} out of the free block {@code head}, and puts the halves that are not needed back. */
    private void take(int page, int order, int head, int headOrder) {
        free[headOrder].remove(head >>> headOrder);
        int rest = head;
        for (int half = headOrder - 1; half >= order; half--) {
            boolean upper = (page >>> half & 1) != 0;
            free[half].add((upper ? rest : rest + (1 << half)) >>> half);
            rest = upper ? rest + (1 << half) : rest;
        }
        freePages -= 1L << order;
    }
}
