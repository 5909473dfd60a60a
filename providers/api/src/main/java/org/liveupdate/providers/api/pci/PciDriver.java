package org.liveupdate.providers.api.pci;

import java.util.Set;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What drives PCI devices of some kind. Register it as an OSGi service: {@link PciCore} finds it by its name. The driver
 * itself knows which devices are bound to it, so that the PCI core can be replaced while it drives them.
 *
 * <p>Called in the thread of whoever binds or unbinds, without any lock of the PCI core.
 */
@ConsumerType
public interface PciDriver {

    /**
     * Its name, as in {@code driver_override}.
     *
     * @return always the same, not null
     */
    String name();

    /**
     * Whether it drives devices of this kind without being told to by {@code driver_override}.
     *
     * @param device not null
     */
    boolean matches(PciDevice device);

    /**
     * Takes a device.
     *
     * @param device one that no driver has, not null
     * @throws LiveUpdateException if it does not: the device stays without a driver, the errno is passed on
     */
    void probe(PciDevice device) throws LiveUpdateException;

    /**
     * Gives a device up. Does nothing if it does not have it.
     *
     * @param device not null
     * @throws LiveUpdateException {@code EBUSY} if the device is in use: it keeps it
     */
    void remove(PciDevice device) throws LiveUpdateException;

    /**
     * The devices that it has.
     *
     * @return a copy, not null
     */
    Set<PciAddress> devices();
}
