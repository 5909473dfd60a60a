package org.liveupdate.providers.pci.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;

/** Which driver alone may take a device. Thread safe. */
final class Overrides {

    private final Map<PciAddress, String> drivers = new ConcurrentHashMap<>();

    /**
     * As configured.
     *
     * @param entries such as {@code 0000:00:03.0=vfio-pci}
     * @throws IllegalArgumentException if one is not of that form
     */
    Overrides(String... entries) {
        for (String entry : entries) {
            String[] parts = entry.trim().split("=", 2);
            if (parts.length != 2 || parts[1].isBlank()) {
                throw new IllegalArgumentException(
                        "driver override: expected the like of 0000:00:03.0=vfio-pci, found " + entry);
            }
            drivers.put(PciAddress.parse(parts[0]), parts[1]);
        }
    }

    Optional<String> of(PciAddress address) {
        return Optional.ofNullable(drivers.get(address));
    }

    void set(PciAddress address, String driver) throws LiveUpdateException {
        if (driver == null) {
            drivers.remove(address);
        } else if (driver.isBlank()) {
            throw new LiveUpdateException(Errno.EINVAL, "driver_override of PCI device " + address + " is empty");
        } else {
            drivers.put(address, driver);
        }
    }
}
