package org.liveupdate.providers.pci.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.pci.PciDriver;

/** The drivers there are. Of two with the same name, as during a swap, the older one counts. Thread safe. */
final class Drivers {

    private final List<PciDriver> drivers = new CopyOnWriteArrayList<>();

    void add(PciDriver driver) {
        drivers.add(driver);
    }

    void remove(PciDriver driver) {
        drivers.remove(driver);
    }

    /** The one that has a device. */
    Optional<PciDriver> of(PciAddress address) {
        return drivers.stream().filter(driver -> driver.devices().contains(address)).findFirst();
    }

    /** The first that drives devices of this kind. */
    PciDriver matching(PciDevice device) throws LiveUpdateException {
        return drivers.stream().filter(driver -> driver.matches(device)).findFirst()
                .orElseThrow(() -> new LiveUpdateException(Errno.ENODEV, "no driver takes PCI device "
                        + device.address() + " by itself; set its driver_override"));
    }

    PciDriver named(String name, PciAddress device) throws LiveUpdateException {
        return drivers.stream().filter(driver -> driver.name().equals(name)).findFirst()
                .orElseThrow(() -> new LiveUpdateException(Errno.ENODEV, "there is no driver " + name
                        + " for PCI device " + device + "; start its bundle"));
    }
}
