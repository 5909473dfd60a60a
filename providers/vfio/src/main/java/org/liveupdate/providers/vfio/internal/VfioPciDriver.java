package org.liveupdate.providers.vfio.internal;

import java.util.Set;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.pci.PciDriver;
import org.liveupdate.providers.api.vfio.VfioFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Takes the devices that it is told to take: which ones applications drive is for {@code driver_override} to say. */
@Component
public final class VfioPciDriver implements PciDriver {

    private final Devices devices;

    /** Called by DS. */
    @Activate
    public VfioPciDriver(BundleContext context) {
        this(Activator.shared(context));
    }

    VfioPciDriver(Vfio vfio) {
        this.devices = vfio.devices();
    }

    @Override
    public String name() {
        return VfioFactory.DRIVER;
    }

    @Override
    public boolean matches(PciDevice device) {
        return false;
    }

    @Override
    public void probe(PciDevice device) throws LiveUpdateException {
        Registers.open(device);
        devices.bind(device);
    }

    @Override
    public void remove(PciDevice device) throws LiveUpdateException {
        devices.unbind(device.address());
    }

    @Override
    public Set<PciAddress> devices() {
        return devices.bound();
    }
}
