package org.liveupdate.providers.memfd.internal;

import java.util.Set;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.support.SealBits;

/**
 * The original's {@code struct memfd_luo_ser}, version 1, little-endian, packed, and behind it two fields of our own. Earlier
 * versions of this bundle handed it over; this one preserves no file with it.
 *
 * <pre>
 *   0               8               16              24              40        41      45
 *  +---------------+---------------+---------------+---------------+---------+-------+
 *  | pos           | size          | nr_folios     | folios        | closed  | seals |
 *  +---------------+---------------+---------------+---------------+---------+-------+
 *    bytes           bytes           entries         kho_vmalloc     0 or 1
 *                                                    of {@link FolioLayout}
 * </pre>
 *
 * Closed and seals are as in {@link MemfdLayout}; they are written when this bundle is replaced before the session of the
 * file is finished, and are 0 in an image.
 */
final class MemfdLayoutV1 implements MemfdFormat {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "memfd-v1";

    private static final int POSITION_OFFSET = 0;
    private static final int SIZE_OFFSET = 8;
    private static final int FOLIOS_OFFSET = 16;
    private static final int FOLIO_ARRAY_OFFSET = 24;
    private static final int CLOSED_OFFSET = 40;
    private static final int SEALS_OFFSET = 41;
    private static final int BYTES = 45;

    @Override
    public int bytes() {
        return BYTES;
    }

    @Override
    public int folioArrayOffset() {
        return FOLIO_ARRAY_OFFSET;
    }

    @Override
    public void write(Region target, long size, long folios) {
        target.putLong(SIZE_OFFSET, size);
        target.putLong(FOLIOS_OFFSET, folios);
    }

    @Override
    public void update(Region target, long position, Set<Seal> seals, boolean closed) {
        target.putLong(POSITION_OFFSET, position);
        target.putByte(CLOSED_OFFSET, (byte) (closed ? 1 : 0));
        target.putInt(SEALS_OFFSET, SealBits.of(seals));
    }

    @Override
    public MemfdHeader readFrom(Region source) {
        return new MemfdHeader(source.getLong(POSITION_OFFSET), source.getLong(SIZE_OFFSET),
                source.getInt(SEALS_OFFSET), 0, source.getLong(FOLIOS_OFFSET), source.getByte(CLOSED_OFFSET) == 1);
    }
}
