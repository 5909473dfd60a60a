package org.liveupdate.providers.memfd.internal;

import java.nio.ByteBuffer;

/**
 * One entry of a memfd's array: the original's {@code struct memfd_luo_folio_ser}, little-endian.
 *
 * <pre>
 *   0                              6    7   8               16
 *  +------------------------------+--------+---------------+
 *  | pfn, 52 bits                 | flags  | index         |     flags: the upper 12 bits of the first word,
 *  +------------------------------+--------+---------------+            DIRTY = 1, UPTODATE = 2, always both
 *    address / 4096                          offset in the file / 4096
 * </pre>
 *
 * A folio may have 1 to 2<sup>18</sup> pages. How many is not written here, as on the original: handover memory knows the
 * order of each preserved block, and tells it when the block is restored.
 */
record FolioLayout(long address, int flags, long index) {

    static final int DIRTY = 1;
    static final int UPTODATE = 2;

    /** Length in bytes. */
    static final int BYTES = 16;

    private static final int PAGE_SHIFT = 12;
    private static final int PFN_BITS = 52;
    private static final long PFN_MASK = (1L << PFN_BITS) - 1;

    /** A folio that must not be dropped by whoever takes it over. */
    static FolioLayout kept(long address, long index) {
        return new FolioLayout(address, DIRTY | UPTODATE, index);
    }

    /** Appends the entry. */
    void writeTo(ByteBuffer target) {
        target.putLong(address >>> PAGE_SHIFT | (long) flags << PFN_BITS).putLong(index);
    }

    /** Reads the next entry; checks nothing. */
    static FolioLayout readFrom(ByteBuffer source) {
        long word = source.getLong();
        return new FolioLayout((word & PFN_MASK) << PAGE_SHIFT, (int) (word >>> PFN_BITS), source.getLong());
    }
}
