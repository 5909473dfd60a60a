package org.liveupdate.providers.kvm.internal;

import java.nio.ByteBuffer;

/**
 * One entry of guest memory's array, little-endian.
 *
 * <pre>
 *   0                              6    7   8               16
 *  +------------------------------+--------+---------------+
 *  | pfn, 52 bits                 | flags  | index         |     flags: the upper 12 bits of the first word,
 *  +------------------------------+--------+---------------+            UPTODATE = 1, always
 *    address / 4096                          offset in the file / 4096
 * </pre>
 *
 * Entries are in order; pages that are not there have none.
 */
record GuestFolioLayout(long address, int flags, long index) {

    static final int UPTODATE = 1;

    /** Length in bytes. */
    static final int BYTES = 16;

    private static final int PAGE_SHIFT = 12;
    private static final int PFN_BITS = 52;
    private static final long PFN_MASK = (1L << PFN_BITS) - 1;

    /** Appends an entry. */
    static void write(ByteBuffer target, long address, long index) {
        target.putLong(address >>> PAGE_SHIFT | (long) UPTODATE << PFN_BITS).putLong(index);
    }

    /** Reads the next entry; checks nothing. */
    static GuestFolioLayout readFrom(ByteBuffer source) {
        long word = source.getLong();
        return new GuestFolioLayout((word & PFN_MASK) << PAGE_SHIFT, (int) (word >>> PFN_BITS), source.getLong());
    }
}
