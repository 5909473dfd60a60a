package org.liveupdate.providers.memfd.internal;

/**
 * How large the next block of a growing memfd is: few blocks for a large file, little room unused.
 *
 * <p>A file that is told its size is made of the largest powers of two that fit. One that grows by writing gets at least a
 * quarter of what it has: four blocks for every doubling, a quarter unused at most.
 */
final class BlockSizes {

    static final long PAGE_BYTES = 4096;

    /** The largest block there is. */
    static final long MAX_BYTES = 1L << 30;

    private BlockSizes() {}

    /**
     * For a file that will not grow beyond its next size soon.
     *
     * @param missing how many bytes are needed, at least 1
     * @return a power of two of pages, in bytes: one page, or at most what is missing
     */
    static long exact(long missing) {
        return Math.max(PAGE_BYTES, Math.min(MAX_BYTES, Long.highestOneBit(missing)));
    }

    /**
     * For a file that grows by writing.
     *
     * @param missing how many bytes are needed, at least 1
     * @param capacity how many bytes the file has room for
     * @return a power of two of pages, in bytes
     */
    static long growing(long missing, long capacity) {
        return Math.max(exact(missing), exact(Math.max(1, capacity / 4)));
    }
}
