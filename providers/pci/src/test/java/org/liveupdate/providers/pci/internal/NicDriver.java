package org.liveupdate.providers.pci.internal;

import java.util.Set;
import java.util.TreeSet;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.pci.PciDriver;

/** A driver for all devices of one class. */
final class NicDriver implements PciDriver {

    private final String name;
    private final int classCode;
    private final Set<PciAddress> devices = new TreeSet<>();
    /** Whether it refuses to give its devices up. */
    boolean inUse;

    NicDriver(String name, int classCode) {
        this.name = name;
        this.classCode = classCode;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean matches(PciDevice device) {
        return device.classCode() == classCode;
    }

    @Override
    public void probe(PciDevice device) {
        devices.add(device.address());
    }

    @Override
    public void remove(PciDevice device) throws LiveUpdateException {
        if (inUse) {
            throw new LiveUpdateException(Errno.EBUSY, device.address() + " is in use");
        }
        devices.remove(device.address());
    }

    @Override
    public Set<PciAddress> devices() {
        return Set.copyOf(devices);
    }
}
