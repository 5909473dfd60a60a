package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;

/**
 * A preserved IOMMU: the original's {@code struct iommu_hw_ser}, little-endian, packed. Its reference count is how many
 * preserved devices it is in front of.
 *
 * <pre>
 *   0        8         16       24
 *  +--------+---------+--------+
 *  | header | token   | type   |     type: LIVEUPDATE = 1, the one of this machine model
 *  +--------+---------+--------+
 *    {@link ObjectLayout}
 * </pre>
 *
 * Where its root table is stands in its registers, as on real hardware.
 */
final class HardwareLayout {

    /** Length in bytes. */
    static final int BYTES = 24;

    /** The type of the IOMMU of this machine model. */
    static final long TYPE = 1;

    private static final int TOKEN_OFFSET = 8;
    private static final int TYPE_OFFSET = 16;

    private HardwareLayout() {}

    static void write(Region target, long token) {
        target.putLong(TOKEN_OFFSET, token);
        target.putLong(TYPE_OFFSET, TYPE);
    }

    static long token(Region source) {
        return source.getLong(TOKEN_OFFSET);
    }

    static long type(Region source) {
        return source.getLong(TYPE_OFFSET);
    }
}
