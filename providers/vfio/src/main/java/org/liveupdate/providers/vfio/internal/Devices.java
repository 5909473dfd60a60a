package org.liveupdate.providers.vfio.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.vfio.VfioFactory;

/** The devices that are bound to the driver, and who has them open: one user each. Thread safe. */
final class Devices {

    /** Bound devices; guarded by this. */
    private final Map<PciAddress, PciDevice> bound = new HashMap<>();
    /** Open devices, by address; guarded by this. */
    private final Map<PciAddress, VfioDeviceFile> open = new HashMap<>();

    synchronized void bind(PciDevice device) {
        bound.put(device.address(), device);
    }

    /** Gives a device up; {@code EBUSY} if it is open. */
    synchronized void unbind(PciAddress address) throws LiveUpdateException {
        requireNotOpen(address);
        bound.remove(address);
    }

    synchronized Set<PciAddress> bound() {
        return Set.copyOf(bound.keySet());
    }

    /** A bound device; {@code ENODEV} if it is not. */
    synchronized PciDevice bound(PciAddress address) throws LiveUpdateException {
        PciDevice device = bound.get(address);
        if (device == null) {
            throw new LiveUpdateException(Errno.ENODEV, "device " + address + " is not bound to the driver "
                    + VfioFactory.DRIVER + "; set its driver_override, and bind it");
        }
        return device;
    }

    /** Somebody opens a device; {@code EBUSY} if somebody has it open. */
    synchronized void opened(VfioDeviceFile file) throws LiveUpdateException {
        requireNotOpen(file.address());
        open.put(file.address(), file);
    }

    private void requireNotOpen(PciAddress address) throws LiveUpdateException {
        if (open.containsKey(address)) {
            throw new LiveUpdateException(Errno.EBUSY, "device " + address + " is open, and has one user");
        }
    }

    /** Nobody keeps it open any more. */
    synchronized void closed(VfioDeviceFile file) {
        open.remove(file.address(), file);
    }

    /** Those that are open; a copy. */
    synchronized List<VfioDeviceFile> open() {
        return List.copyOf(open.values());
    }
}
