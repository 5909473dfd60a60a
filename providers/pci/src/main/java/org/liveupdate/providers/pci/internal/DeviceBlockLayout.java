package org.liveupdate.providers.pci.internal;

import org.liveupdate.kho.Region;

/**
 * One page of a chain of preserved devices: the original's {@code kho_block} of {@code struct pci_dev_ser}, little-endian.
 *
 * <pre>
 *   0               8               16                                            4096
 *  +---------------+---------------+-----------+-----------+----- ... -+-----------+
 *  | next          | count         | entry 0   | entry 1   |           | entry 509 |
 *  +---------------+---------------+-----------+-----------+----- ... -+-----------+
 *    next block,     entries in                 \
 *    or 0            use, 1 to 510    0               4       6       8
 *                                    +---------------+-------+-------+
 *                                    | domain        | bdf   | ref-  |
 *                                    |               |       | count |
 *                                    +---------------+-------+-------+
 * </pre>
 *
 * A refcount of 0 is a free entry, all zeros. It is 1 for a device, and for a bridge how many preserved devices are below
 * it. The version is in {@link PciLayout}.
 */
final class DeviceBlockLayout {

    /** Length in bytes. */
    static final int BYTES = 4096;

    /** How many entries fit. */
    static final int CAPACITY = 510;

    static final int ENTRY_BYTES = 8;

    private static final int NEXT_OFFSET = 0;
    private static final int COUNT_OFFSET = 8;
    private static final int ENTRIES_OFFSET = 16;

    private static final int DOMAIN_OFFSET = 0;
    private static final int BDF_OFFSET = 4;
    private static final int REFCOUNT_OFFSET = 6;

    private DeviceBlockLayout() {}

    static long next(Region block) {
        return block.getLong(NEXT_OFFSET);
    }

    static void next(Region block, long address) {
        block.putLong(NEXT_OFFSET, address);
    }

    static long count(Region block) {
        return block.getLong(COUNT_OFFSET);
    }

    static void count(Region block, long count) {
        block.putLong(COUNT_OFFSET, count);
    }

    static int domain(Region block, int entry) {
        return block.getInt(entry(entry) + DOMAIN_OFFSET);
    }

    static int bdf(Region block, int entry) {
        return Short.toUnsignedInt(block.getShort(entry(entry) + BDF_OFFSET));
    }

    static void address(Region block, int entry, int domain, int bdf) {
        block.putInt(entry(entry) + DOMAIN_OFFSET, domain);
        block.putShort(entry(entry) + BDF_OFFSET, (short) bdf);
    }

    static int refcount(Region block, int entry) {
        return Short.toUnsignedInt(block.getShort(entry(entry) + REFCOUNT_OFFSET));
    }

    static void refcount(Region block, int entry, int refcount) {
        block.putShort(entry(entry) + REFCOUNT_OFFSET, (short) refcount);
    }

    private static int entry(int entry) {
        return ENTRIES_OFFSET + entry * ENTRY_BYTES;
    }
}
