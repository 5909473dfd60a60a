package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.hardware.PageTableLayout;

/**
 * A preserved domain: the original's {@code struct iommu_domain_ser}, little-endian, packed.
 *
 * <pre>
 *   0        8                16          24      28            32                40
 *  +--------+----------------+-----------+-------+-------------+-----------------+
 *  | header | top_table_phys | top_level | vasz  | sign_extend | restored_domain |
 *  +--------+----------------+-----------+-------+-------------+-----------------+
 *    {@link ObjectLayout}                          bits    bit 0, always 0   a pointer there, always 0 here
 * </pre>
 *
 * The page tables are {@link PageTableLayout}; its version is that of the FLB's payload.
 */
final class DomainLayout {

    /** Length in bytes. */
    static final int BYTES = 40;

    private static final int TOP_OFFSET = 8;
    private static final int LEVEL_OFFSET = 16;
    private static final int ADDRESS_BITS_OFFSET = 24;

    private DomainLayout() {}

    static void write(Region target, long top) {
        target.putLong(TOP_OFFSET, top);
        target.putLong(LEVEL_OFFSET, PageTableLayout.TOP_LEVEL);
        target.putInt(ADDRESS_BITS_OFFSET, PageTableLayout.ADDRESS_BITS);
    }

    static long top(Region source) {
        return source.getLong(TOP_OFFSET);
    }

    /** Whether its page tables are of the kind that this build knows. */
    static boolean isKnown(Region source) {
        return source.getLong(LEVEL_OFFSET) == PageTableLayout.TOP_LEVEL
                && source.getInt(ADDRESS_BITS_OFFSET) == PageTableLayout.ADDRESS_BITS;
    }
}
