package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;

/**
 * A page of objects of one kind: the original's {@code struct iommu_array_hdr_ser} and the objects behind it,
 * little-endian, packed.
 *
 * <pre>
 *   0                  8             16                                      4096
 *  +------------------+-------------+----------+----------+------+----------+
 *  | next_array_phys  | nr_objects  | object   | object   | ...  |          |
 *  +------------------+-------------+----------+----------+------+----------+
 *    0 for the last      slots used, deleted ones included
 * </pre>
 */
final class ArrayLayout {

    static final int PAGE_BYTES = 4096;

    private static final int NEXT_OFFSET = 0;
    private static final int OBJECTS_OFFSET = 8;
    private static final int HEADER_BYTES = 16;

    private ArrayLayout() {}

    /** How many objects fit. */
    static int capacity(int objectBytes) {
        return (PAGE_BYTES - HEADER_BYTES) / objectBytes;
    }

    static long next(Region page) {
        return page.getLong(NEXT_OFFSET);
    }

    static void next(Region page, long next) {
        page.putLong(NEXT_OFFSET, next);
    }

    static long objects(Region page) {
        return page.getLong(OBJECTS_OFFSET);
    }

    static void objects(Region page, long objects) {
        page.putLong(OBJECTS_OFFSET, objects);
    }

    static Region object(Region page, int index, int objectBytes) {
        return page.slice(HEADER_BYTES + (long) index * objectBytes, objectBytes);
    }
}
