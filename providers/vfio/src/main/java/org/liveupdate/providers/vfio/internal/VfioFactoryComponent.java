package org.liveupdate.providers.vfio.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.vfio.VfioDevice;
import org.liveupdate.providers.api.vfio.VfioFactory;
import org.liveupdate.providers.vfio.internal.VfioDeviceFile.Access;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Opens devices that are bound to the driver. */
@Component
public final class VfioFactoryComponent implements VfioFactory {

    private final Devices devices;
    /** Set by DS, replaced while the PCI core is. */
    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile PciCore pci;

    /** Called by DS. */
    @Activate
    public VfioFactoryComponent(BundleContext context) {
        this(Activator.shared(context));
    }

    VfioFactoryComponent(Vfio vfio) {
        this.devices = vfio.devices();
    }

    @Override
    public VfioDevice open(PciAddress device) throws LiveUpdateException {
        return open(device, Access.DEVICE);
    }

    @Override
    public VfioDevice openThroughGroup(PciAddress device) throws LiveUpdateException {
        return open(device, Access.GROUP);
    }

    private VfioDevice open(PciAddress address, Access access) throws LiveUpdateException {
        Registers registers = Registers.open(devices.bound(address));
        if (pci.isIncoming(address)) {
            throw new LiveUpdateException(Errno.EBUSY, "device " + address
                    + " came with a live update that is not finished for it; retrieve it from its session");
        }
        VfioDeviceFile file = VfioDeviceFile.opened(address, access, registers, devices);
        devices.opened(file);
        return file;
    }
}
