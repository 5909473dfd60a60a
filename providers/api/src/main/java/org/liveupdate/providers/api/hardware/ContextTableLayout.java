package org.liveupdate.providers.api.hardware;

/**
 * How the IOMMU finds the page table of a device, version 1: a root table with an entry for each bus, which refers to a
 * context table with an entry for each device and function. Each table is a page of 256 entries of two little-endian u64s.
 *
 * <pre>
 *   root entry, at 16 * bus                    context entry, at 16 * (device &lt;&lt; 3 | function)
 *    63            12 11   1  0                 63            12 11   4 3   1  0
 *   +----------------+------+--+               +----------------+------+-----+--+
 *   | context table  |  0   |P |               | page table     |  0   |level|P |
 *   +----------------+------+--+               +----------------+------+-----+--+
 *   | 0                        |               | domain, 32 bits                 |
 *   +--------------------------+               +---------------------------------+
 *     P: there is one                            level: of the table, {@link PageTableLayout#TOP_LEVEL}
 * </pre>
 *
 * All that translation needs is in the first u64, so a device moves from one page table to another by one write.
 */
public final class ContextTableLayout {

    /** Length of an entry in bytes. */
    public static final int ENTRY_BYTES = 16;

    /** Where the domain is in a context entry. */
    public static final int DOMAIN_OFFSET = 8;

    private static final long PRESENT = 1;
    private static final int LEVEL_SHIFT = 1;
    private static final int LEVEL_MASK = 7;

    private ContextTableLayout() {}

    /** Where the entry of a bus is in the root table. */
    public static int rootOffset(int bdf) {
        return (bdf >>> 8) * ENTRY_BYTES;
    }

    /** Where the entry of a device and function is in its context table. */
    public static int contextOffset(int bdf) {
        return (bdf & 0xff) * ENTRY_BYTES;
    }

    /** Whether there is a table. */
    public static boolean isPresent(long entry) {
        return (entry & PRESENT) != 0;
    }

    /** The address of the table. */
    public static long address(long entry) {
        return PageTableLayout.address(entry);
    }

    /** The level of the page table of a context entry. */
    public static int level(long entry) {
        return (int) (entry >>> LEVEL_SHIFT) & LEVEL_MASK;
    }

    /** The first u64 of a root entry. */
    public static long root(long contextTable) {
        return contextTable | PRESENT;
    }

    /** The first u64 of a context entry. */
    public static long context(long pageTable) {
        return pageTable | PageTableLayout.TOP_LEVEL << LEVEL_SHIFT | PRESENT;
    }
}
