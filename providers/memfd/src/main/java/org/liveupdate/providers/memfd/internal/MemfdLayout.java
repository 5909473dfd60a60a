package org.liveupdate.providers.memfd.internal;

import java.util.Set;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.support.SealBits;

/**
 * What a preserved memfd's {@code data} points to: the original's {@code struct memfd_luo_ser}, version 2, little-endian,
 * packed, and behind it a field of our own.
 *
 * <pre>
 *   0               8               16      20      24              32              48        49
 *  +---------------+---------------+-------+-------+---------------+---------------+---------+
 *  | pos           | size          | seals | flags | nr_folios     | folios        | closed  |
 *  +---------------+---------------+-------+-------+---------------+---------------+---------+
 *    bytes           bytes                   0       entries         kho_vmalloc     0 or 1
 *                                                                    of {@link FolioLayout}
 *   seals: SEAL = 1, SHRINK = 2, GROW = 4, WRITE = 8
 * </pre>
 *
 * Closed is 1 while no provider serves the file and its user had closed it before, so that the next one does not keep it
 * for him. Freezing makes it 0, and this the original's structure to the byte. The version is in the handler's compatible
 * string.
 */
final class MemfdLayout implements MemfdFormat {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "memfd-v2";

    private static final int POSITION_OFFSET = 0;
    private static final int SIZE_OFFSET = 8;
    private static final int SEALS_OFFSET = 16;
    private static final int FLAGS_OFFSET = 20;
    private static final int FOLIOS_OFFSET = 24;
    private static final int FOLIO_ARRAY_OFFSET = 32;
    private static final int CLOSED_OFFSET = 48;
    private static final int BYTES = 49;

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
        target.putInt(SEALS_OFFSET, SealBits.of(seals));
        target.putByte(CLOSED_OFFSET, (byte) (closed ? 1 : 0));
    }

    @Override
    public MemfdHeader readFrom(Region source) {
        return new MemfdHeader(source.getLong(POSITION_OFFSET), source.getLong(SIZE_OFFSET),
                source.getInt(SEALS_OFFSET), source.getInt(FLAGS_OFFSET), source.getLong(FOLIOS_OFFSET),
                source.getByte(CLOSED_OFFSET) == 1);
    }
}
