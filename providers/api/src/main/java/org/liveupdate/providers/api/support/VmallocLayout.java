package org.liveupdate.providers.api.support;

/**
 * The original's {@code struct kho_vmalloc}: how an array of any length is found again in single preserved pages. All
 * little-endian, packed; the same bytes as on the original, whose version is the root tree's ({@code kho-v4}).
 *
 * <pre>
 *  descriptor, 16 bytes, inside somebody else's structure
 *     0               8              12     14     16
 *    +---------------+---------------+------+------+
 *    | first chunk   | total pages   | flags| order|      flags: ALLOC = 1
 *    +---------------+---------------+------+------+      order: pages are 4096 &lt;&lt; order bytes, always 0 here
 *
 *  chunk, one page
 *     0               8               16                    4096
 *    +---------------+---------------+-----------+----------+
 *    | next chunk    | page          | page      | ...      |   511 addresses; 0 after the last
 *    +---------------+---------------+-----------+----------+
 * </pre>
 *
 * An empty array is sixteen zero bytes.
 */
final class VmallocLayout {

    static final int FIRST_CHUNK_OFFSET = 0;
    static final int TOTAL_PAGES_OFFSET = 8;
    static final int FLAGS_OFFSET = 12;
    static final int ORDER_OFFSET = 14;

    static final short FLAG_ALLOC = 1;

    static final int PAGE_BYTES = 4096;
    static final int CHUNK_NEXT_OFFSET = 0;
    static final int CHUNK_PAGES_OFFSET = 8;
    static final int CHUNK_PAGES = 511;

    private VmallocLayout() {}

    static long chunkPageOffset(int index) {
        return CHUNK_PAGES_OFFSET + 8L * index;
    }
}
