package org.liveupdate.providers.api.pci;

import java.util.List;
import java.util.SortedMap;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The live object of the FLB {@code pci}: which devices are preserved, and the bridges above them, on one side.
 *
 * <p>A device counts once, a bridge once for each preserved device below it. Drivers do not change this themselves: they
 * call {@link PciCore}, which knows the bridges. Thread safe.
 */
@ProviderType
public interface PreservedDevices {

    /** The compatible string of the FLB. */
    String COMPATIBLE = "pci";

    /** How to ask for it. */
    FlbKey<PreservedDevices> KEY = new FlbKey<>(COMPATIBLE, PreservedDevices.class);

    /**
     * How often a device or bridge is counted.
     *
     * @param address not null
     * @return 0 if it is not preserved
     */
    int references(PciAddress address);

    /** All devices and bridges that are counted, and how often; a copy, possibly empty. */
    SortedMap<PciAddress, Integer> references();

    /**
     * Counts a device and the bridges above it; all or none.
     *
     * @param device not null
     * @param bridges not null
     * @throws LiveUpdateException {@code EBUSY} if the device is counted already; {@code EINVAL} if a counter is corrupt;
     *         {@code ENOMEM} if there is no handover memory for a new entry. Nothing has changed then.
     */
    void add(PciAddress device, List<PciAddress> bridges) throws LiveUpdateException;

    /**
     * Counts a device and the bridges above it out, down to 0 at most.
     *
     * @param device not null
     * @param bridges not null
     * @return false if the device was not counted: nothing has changed then
     */
    boolean remove(PciAddress device, List<PciAddress> bridges);
}
