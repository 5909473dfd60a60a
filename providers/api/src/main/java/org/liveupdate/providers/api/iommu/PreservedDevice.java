package org.liveupdate.providers.api.iommu;

import java.util.Objects;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * A preserved attachment.
 *
 * @param device not null
 * @param iommu the token of the IOMMU that is in front of the device
 */
public record PreservedDevice(PciAddress device, long iommu) {

    /** Checks that nothing is null. */
    public PreservedDevice {
        Objects.requireNonNull(device, "device");
    }
}
