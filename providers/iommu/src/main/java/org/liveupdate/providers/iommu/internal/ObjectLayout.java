package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;

/**
 * What every preserved object begins with: the original's {@code struct iommu_hdr_ser}, little-endian, packed.
 *
 * <pre>
 *   0           4           8
 *  +-----------+-----------+
 *  | ref_count | flags     |     flags: DELETED = 1, the slot is not used again
 *  +-----------+-----------+            INCOMING = 2, came with a live update and was not claimed yet
 * </pre>
 */
final class ObjectLayout {

    /** Length in bytes. */
    static final int BYTES = 8;

    private static final int REFERENCES_OFFSET = 0;
    private static final int FLAGS_OFFSET = 4;

    private static final int DELETED = 1;
    private static final int INCOMING = 2;

    private ObjectLayout() {}

    static int references(Region object) {
        return object.getInt(REFERENCES_OFFSET);
    }

    static void references(Region object, int references) {
        object.putInt(REFERENCES_OFFSET, references);
    }

    static boolean isDeleted(Region object) {
        return (object.getInt(FLAGS_OFFSET) & DELETED) != 0;
    }

    static void delete(Region object) {
        object.putInt(FLAGS_OFFSET, DELETED);
    }

    static boolean isIncoming(Region object) {
        return (object.getInt(FLAGS_OFFSET) & INCOMING) != 0;
    }

    static void incoming(Region object, boolean incoming) {
        object.putInt(FLAGS_OFFSET, incoming ? INCOMING : 0);
    }
}
