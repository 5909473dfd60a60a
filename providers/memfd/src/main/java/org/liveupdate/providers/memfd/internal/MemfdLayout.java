package org.liveupdate.providers.memfd.internal;

import org.liveupdate.kho.Region;

/**
 * What a preserved memfd's {@code data} points to: the original's {@code struct memfd_luo_ser}, version 1, little-endian,
 * packed.
 *
 * <pre>
 *   0               8               16              24              40
 *  +---------------+---------------+---------------+---------------+
 *  | pos           | size          | nr_folios     | folios        |
 *  +---------------+---------------+---------------+---------------+
 *    bytes           bytes           entries         kho_vmalloc: array of {@link FolioLayout}
 * </pre>
 *
 * The version is in the handler's compatible string.
 */
record MemfdLayout(long position, long size, long folios) {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "memfd-v1";

    static final int POSITION_OFFSET = 0;
    static final int SIZE_OFFSET = 8;
    static final int FOLIOS_OFFSET = 16;
    static final int FOLIO_ARRAY_OFFSET = 24;

    /** Length in bytes. */
    static final int BYTES = 40;

    /** Writes everything but the array of folios. */
    void writeTo(Region target) {
        target.putLong(POSITION_OFFSET, position);
        target.putLong(SIZE_OFFSET, size);
        target.putLong(FOLIOS_OFFSET, folios);
    }

    /** Reads everything but the array of folios; checks nothing. */
    static MemfdLayout readFrom(Region source) {
        return new MemfdLayout(source.getLong(POSITION_OFFSET), source.getLong(SIZE_OFFSET),
                source.getLong(FOLIOS_OFFSET));
    }
}
