package org.liveupdate.providers.hugetlb.internal;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.support.SealBits;

/**
 * What a preserved huge memfd's {@code data} points to: the original's {@code struct hugemfd_ser}, little-endian, packed,
 * and behind it four fields of our own.
 *
 * <pre>
 *   0         8         16          24              40     41       42      43      44  48              120
 *  +---------+---------+-----------+---------------+------+--------+-------+-------+---+---------------+
 *  | size    | pos     | nr_folios | folios        | order| backing| closed| seals | 0 | name          |
 *  +---------+---------+-----------+---------------+------+--------+-------+-------+---+---------------+
 *    bytes     bytes     entries     kho_vmalloc           0 or 1   0 or 1              NUL-terminated
 *                                    of {@link HugeFolioLayout}
 *   seals: SEAL = 1, SHRINK = 2, GROW = 4, WRITE = 8
 * </pre>
 *
 * Backing 0: the pages are blocks of handover memory, listed in the array; then, but for the seals, which
 * the original does not keep, the rest is zero, and this is the original's structure to the byte. Backing 1: they are the file {@code name} on hugetlbfs, and there are no folios; a
 * reader of the original's structure finds pages missing, and refuses. Closed is 1 while no provider serves the file and
 * its user had closed it before, so that the next one does not keep it for him; freezing makes it 0. The version is in the
 * handler's compatible string.
 */
record HugeMemfdLayout(long size, long position, long folios, int order, int backing, int seals) {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "huge-memfd-v1";

    static final int SIZE_OFFSET = 0;
    static final int POSITION_OFFSET = 8;
    static final int FOLIOS_OFFSET = 16;
    static final int FOLIO_ARRAY_OFFSET = 24;
    static final int ORDER_OFFSET = 40;
    static final int BACKING_OFFSET = 41;
    static final int CLOSED_OFFSET = 42;
    static final int SEALS_OFFSET = 43;
    static final int NAME_OFFSET = 48;
    static final int NAME_BYTES = 72;

    /** Length in bytes. */
    static final int BYTES = NAME_OFFSET + NAME_BYTES;

    static final int BACKING_HANDOVER_MEMORY = 0;
    static final int BACKING_HUGETLBFS = 1;

    /** The size of its pages; the order must have been checked. */
    PageSize pageSize() {
        return new PageSize(order);
    }

    /** How many pages it has. */
    long pages() {
        return size / pageSize().bytes();
    }

    /** Writes what never changes while a file is preserved; folios, backing and name stay. */
    static void write(Region target, long size, PageSize pageSize) {
        target.putLong(SIZE_OFFSET, size);
        target.putByte(ORDER_OFFSET, (byte) pageSize.order());
    }

    /** Writes what can change. */
    static void update(Region target, long position, Set<Seal> seals, boolean closed) {
        target.putLong(POSITION_OFFSET, position);
        target.putByte(SEALS_OFFSET, (byte) SealBits.of(seals));
        target.putByte(CLOSED_OFFSET, (byte) (closed ? 1 : 0));
    }

    /** Whether the file's user had closed it when its provider left. */
    static boolean isClosed(Region source) {
        return source.getByte(CLOSED_OFFSET) == 1;
    }

    /** Reads everything but the array of folios, the name, and whether it is closed; checks nothing. */
    static HugeMemfdLayout readFrom(Region source) {
        return new HugeMemfdLayout(source.getLong(SIZE_OFFSET), source.getLong(POSITION_OFFSET),
                source.getLong(FOLIOS_OFFSET), Byte.toUnsignedInt(source.getByte(ORDER_OFFSET)),
                Byte.toUnsignedInt(source.getByte(BACKING_OFFSET)), Byte.toUnsignedInt(source.getByte(SEALS_OFFSET)));
    }

    /** Writes the name of a file on hugetlbfs, ASCII of less than {@link #NAME_BYTES} bytes. */
    static void name(Region target, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        target.fill(NAME_OFFSET, NAME_BYTES, (byte) 0);
        target.write(NAME_OFFSET, bytes, 0, bytes.length);
        target.putByte(BACKING_OFFSET, (byte) BACKING_HUGETLBFS);
    }

    /** Reads the name up to its NUL, or all of the field; checks nothing. */
    static String name(Region source) {
        byte[] bytes = new byte[NAME_BYTES];
        source.read(NAME_OFFSET, bytes, 0, bytes.length);
        String field = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
