package org.liveupdate.providers.api.vfio;

import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens devices that are bound to the PCI driver {@value #DRIVER}. An OSGi service. Thread safe.
 *
 * <p>Both ways of opening are refused with {@code ENODEV} if the device is not bound to the driver, and with {@code EBUSY}
 * if somebody has it open, or if the previous generation preserved it and its handover is not finished: that device is
 * retrieved from its session.
 */
@ProviderType
public interface VfioFactory {

    /** The name of the PCI driver, for {@code driver_override}. */
    String DRIVER = "vfio-pci";

    /**
     * Opens a device by itself ({@code /dev/vfio/devices/vfioN}).
     *
     * @param device not null
     * @return open, attached to nothing; never null
     * @throws LiveUpdateException as above; also why it cannot be told whether the previous generation preserved it
     */
    VfioDevice open(PciAddress device) throws LiveUpdateException;

    /**
     * Opens a device through its group ({@code VFIO_GROUP_GET_DEVICE_FD}). It works the same, but cannot be preserved: no
     * file handler takes it.
     *
     * @param device not null
     * @return open, attached to nothing; never null
     * @throws LiveUpdateException as {@link #open}
     */
    VfioDevice openThroughGroup(PciAddress device) throws LiveUpdateException;
}
