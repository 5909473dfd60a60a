package org.liveupdate.providers.memfd.internal;

import org.liveupdate.kho.Region;

/**
 * What a preserved memfd's {@code data} points to: the original's {@code struct memfd_luo_ser}, version 1, little-endian,
 * packed, and behind it a field of our own.
 *
 * <pre>
 *   0               8               16              24              40        41
 *  +---------------+---------------+---------------+---------------+---------+
 *  | pos           | size          | nr_folios     | folios        | closed  |
 *  +---------------+---------------+---------------+---------------+---------+
 *    bytes           bytes           entries         kho_vmalloc     0 or 1
 *                                                    of {@link FolioLayout}
 * </pre>
 *
 * Closed is 1 while no provider serves the file and its user had closed it before, so that the next one does not keep it
 * for him. Freezing makes it 0, and this the original's structure to the byte. The version is in the handler's compatible string.
 */
record MemfdLayout(long position, long size, long folios) {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "memfd-v1";

    static final int POSITION_OFFSET = 0;
    static final int SIZE_OFFSET = 8;
    static final int FOLIOS_OFFSET = 16;
    static final int FOLIO_ARRAY_OFFSET = 24;

    static final int CLOSED_OFFSET = 40;

    /** Length in bytes. */
    static final int BYTES = 41;

    /** Writes what can have changed since the file was preserved. */
    static void write(Region target, long position, boolean closed) {
        target.putLong(POSITION_OFFSET, position);
        target.putByte(CLOSED_OFFSET, (byte) (closed ? 1 : 0));
    }

    /** Whether the file's user had closed it when its provider left. */
    static boolean isClosed(Region source) {
        return source.getByte(CLOSED_OFFSET) == 1;
    }

    /** Writes everything but the array of folios; the file is open. */
    void writeTo(Region target) {
        write(target, position, false);
        target.putLong(SIZE_OFFSET, size);
        target.putLong(FOLIOS_OFFSET, folios);
    }

    /** Reads everything but the array of folios and whether it is closed; checks nothing. */
    static MemfdLayout readFrom(Region source) {
        return new MemfdLayout(source.getLong(POSITION_OFFSET), source.getLong(SIZE_OFFSET),
                source.getLong(FOLIOS_OFFSET));
    }
}
