package org.liveupdate.providers.hugetlb.internal;

import org.liveupdate.kho.Region;

/**
 * What the FLB's {@code data} points to: the original's {@code struct hugetlb_ser}, little-endian, packed, and behind it a
 * field of our own.
 *
 * <pre>
 *   0           8  9          17 18         26 27         35 36 37    40                 56
 *  +-----------+--+-----------+--+-----------+--+-----------+--+--+-----+------------------+
 *  | nr_pages  |o | nr_pages  |o | nr_pages  |o | nr_pages  |o |n |  0  | epoch            |
 *  +-----------+--+-----------+--+-----------+--+-----------+--+--+-----+------------------+
 *   hstates[0]     hstates[1]     hstates[2]     hstates[3]      |
 *   o: order, pages of 4096 &lt;&lt; o bytes                        nr_hstates, 0 to 4
 * </pre>
 *
 * The epoch is a random UUID, drawn when the state is preserved. Files on hugetlbfs that belong to preserved state bear
 * it in their names. The original has nothing there and does not read so far. The version is in the FLB's compatible
 * string.
 */
final class HugetlbLayout {

    /** How many page sizes fit. */
    static final int MAX_SIZES = 4;

    /** Length in bytes. */
    static final int BYTES = 56;

    private static final int SIZE_BYTES = 9;
    private static final int ORDER_OFFSET = 8;
    private static final int SIZES_OFFSET = 36;
    private static final int EPOCH_OFFSET = 40;

    private HugetlbLayout() {}

    static int sizes(Region region) {
        return Byte.toUnsignedInt(region.getByte(SIZES_OFFSET));
    }

    static void sizes(Region region, int sizes) {
        region.putByte(SIZES_OFFSET, (byte) sizes);
    }

    static int order(Region region, int index) {
        return Byte.toUnsignedInt(region.getByte(index * SIZE_BYTES + ORDER_OFFSET));
    }

    static void order(Region region, int index, int order) {
        region.putByte(index * SIZE_BYTES + ORDER_OFFSET, (byte) order);
    }

    static long pages(Region region, int index) {
        return region.getLong(index * SIZE_BYTES);
    }

    static void pages(Region region, int index, long pages) {
        region.putLong(index * SIZE_BYTES, pages);
    }

    /** The epoch as 32 hexadecimal digits. */
    static String epoch(Region region) {
        return String.format("%016x%016x", region.getLong(EPOCH_OFFSET), region.getLong(EPOCH_OFFSET + Long.BYTES));
    }

    static void epoch(Region region, long high, long low) {
        region.putLong(EPOCH_OFFSET, high);
        region.putLong(EPOCH_OFFSET + Long.BYTES, low);
    }
}
