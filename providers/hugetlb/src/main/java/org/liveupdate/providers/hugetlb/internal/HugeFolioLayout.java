package org.liveupdate.providers.hugetlb.internal;

import java.nio.ByteBuffer;

/**
 * One entry of a huge memfd's array: the original's {@code struct hugemfd_folio_ser}, little-endian.
 *
 * <pre>
 *   0                              6    7   8               16
 *  +------------------------------+--------+---------------+
 *  | pfn, 52 bits                 | 0      | index         |
 *  +------------------------------+--------+---------------+
 *    address / 4096                 12 bits  offset in the file / 4096
 * </pre>
 */
record HugeFolioLayout(long address, int reserved, long index) {

    /** Length in bytes. */
    static final int BYTES = 16;

    private static final int PAGE_SHIFT = 12;
    private static final int PFN_BITS = 52;
    private static final long PFN_MASK = (1L << PFN_BITS) - 1;

    /** Appends an entry. */
    static void write(ByteBuffer target, long address, long index) {
        target.putLong(address >>> PAGE_SHIFT).putLong(index);
    }

    /** Reads the next entry; checks nothing. */
    static HugeFolioLayout readFrom(ByteBuffer source) {
        long word = source.getLong();
        return new HugeFolioLayout((word & PFN_MASK) << PAGE_SHIFT, (int) (word >>> PFN_BITS), source.getLong());
    }
}
