package org.liveupdate.kho;

/** The arithmetic of pages, orders and segments. Stateless. */
final class Pages {

    static final int PAGE_SHIFT = 12;
    static final int PAGE_BYTES = 1 << PAGE_SHIFT;
    /** The largest block has 2<sup>18</sup> pages, 1 GiB: as much as can be mapped at once and is a power of two. */
    static final int MAX_ORDER = 18;
    static final int SEGMENT_SHIFT = PAGE_SHIFT + MAX_ORDER;
    /** The file is mapped in segments as large as the largest block, so that no block crosses two. */
    static final long SEGMENT_BYTES = 1L << SEGMENT_SHIFT;

    private Pages() {}

    /** The order of the smallest block that holds {@code bytes}, 1 to {@link #SEGMENT_BYTES}. */
    static int order(long bytes) {
        long pages = bytes + PAGE_BYTES - 1 >> PAGE_SHIFT;
        return Long.SIZE - Long.numberOfLeadingZeros(pages - 1);
    }

    static long bytes(int order) {
        return (long) PAGE_BYTES << order;
    }

    static long address(int page) {
        return (long) page << PAGE_SHIFT;
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
