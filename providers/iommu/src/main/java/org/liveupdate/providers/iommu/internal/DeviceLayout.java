package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * A preserved attachment: the original's {@code struct iommu_device_ser}, little-endian, packed.
 *
 * <pre>
 *   0        8        12              16              24             32            40
 *  +--------+--------+---------------+---------------+--------------+-------------+
 *  | header | devid  | pci_domain_nr | attachment_id | domain_phys  | iommu_phys  |
 *  +--------+--------+---------------+---------------+--------------+-------------+
 *    {@link ObjectLayout}  bdf                    always 0        {@link DomainLayout}   {@link HardwareLayout}
 * </pre>
 */
final class DeviceLayout {

    /** Length in bytes. */
    static final int BYTES = 40;

    private static final int BDF_OFFSET = 8;
    private static final int PCI_DOMAIN_OFFSET = 12;
    private static final int DOMAIN_OFFSET = 24;
    private static final int IOMMU_OFFSET = 32;

    private static final int MAX_BDF = 0xffff;

    private DeviceLayout() {}

    static void write(Region target, PciAddress device, long domain, long iommu) {
        target.putInt(BDF_OFFSET, device.bdf());
        target.putInt(PCI_DOMAIN_OFFSET, device.domain());
        target.putLong(DOMAIN_OFFSET, domain);
        target.putLong(IOMMU_OFFSET, iommu);
    }

    /** The device; null if the numbers are of none. */
    static PciAddress device(Region source) {
        int bdf = source.getInt(BDF_OFFSET);
        int domain = source.getInt(PCI_DOMAIN_OFFSET);
        return (bdf & ~MAX_BDF) != 0 || domain < 0 ? null : PciAddress.of(domain, bdf);
    }

    static long domain(Region source) {
        return source.getLong(DOMAIN_OFFSET);
    }

    static long iommu(Region source) {
        return source.getLong(IOMMU_OFFSET);
    }
}
