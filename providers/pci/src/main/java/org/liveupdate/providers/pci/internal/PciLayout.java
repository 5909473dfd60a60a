package org.liveupdate.providers.pci.internal;

import org.liveupdate.kho.Region;

/**
 * What the FLB's {@code data} points to: the original's {@code struct pci_ser}, little-endian.
 *
 * <pre>
 *   0               4               8                               16
 *  +---------------+---------------+-------------------------------+
 *  | version       | nr_devices    | devices                       |
 *  +---------------+---------------+-------------------------------+
 *    1               entries with    address of the first
 *                    refcount &gt; 0    {@link DeviceBlockLayout}, or 0
 * </pre>
 *
 * The version never moves and never changes its size: it says what all the rest means, also that of the blocks.
 */
final class PciLayout {

    static final int VERSION = 1;

    /** Length in bytes. */
    static final int BYTES = 16;

    private static final int VERSION_OFFSET = 0;
    private static final int DEVICES_OFFSET = 4;
    private static final int FIRST_BLOCK_OFFSET = 8;

    private PciLayout() {}

    static int version(Region header) {
        return header.getInt(VERSION_OFFSET);
    }

    static void version(Region header, int version) {
        header.putInt(VERSION_OFFSET, version);
    }

    /** How many devices and bridges are counted. */
    static int devices(Region header) {
        return header.getInt(DEVICES_OFFSET);
    }

    static void devices(Region header, int devices) {
        header.putInt(DEVICES_OFFSET, devices);
    }

    /** The address of the first block, or 0. */
    static long firstBlock(Region header) {
        return header.getLong(FIRST_BLOCK_OFFSET);
    }

    static void firstBlock(Region header, long address) {
        header.putLong(FIRST_BLOCK_OFFSET, address);
    }
}
