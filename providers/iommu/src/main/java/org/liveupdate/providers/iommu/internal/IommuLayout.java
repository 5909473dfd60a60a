package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;

/**
 * What the FLB's {@code data} points to: the original's {@code struct iommu_flb_ser}, version 1, little-endian, packed.
 *
 * <pre>
 *   0          8                  16                  24                  32
 *  +----------+------------------+-------------------+-------------------+
 *  | version  | iommu_array_phys | iommu_domain_     | device_array_phys |
 *  |          |                  | array_phys        |                   |
 *  +----------+------------------+-------------------+-------------------+
 *               each the first of a chain of {@link ArrayLayout}: {@link HardwareLayout}, {@link DomainLayout},
 *               {@link DeviceLayout}
 * </pre>
 *
 * The version never moves. All three arrays are there even if nothing is in them.
 */
final class IommuLayout {

    /** Length in bytes. */
    static final int BYTES = 32;

    private static final int VERSION_OFFSET = 0;
    private static final int HARDWARE_OFFSET = 8;
    private static final int DOMAINS_OFFSET = 16;
    private static final int DEVICES_OFFSET = 24;

    private IommuLayout() {}

    static void write(Region target, long version, long hardware, long domains, long devices) {
        target.putLong(VERSION_OFFSET, version);
        target.putLong(HARDWARE_OFFSET, hardware);
        target.putLong(DOMAINS_OFFSET, domains);
        target.putLong(DEVICES_OFFSET, devices);
    }

    static long version(Region source) {
        return source.getLong(VERSION_OFFSET);
    }

    static long hardware(Region source) {
        return source.getLong(HARDWARE_OFFSET);
    }

    static long domains(Region source) {
        return source.getLong(DOMAINS_OFFSET);
    }

    static long devices(Region source) {
        return source.getLong(DEVICES_OFFSET);
    }
}
