package org.liveupdate.providers.pci.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.pci.PciAddress;

/** One entry of a block: free, or that of a device. */
record Slot(Region block, int index) {

    private static final int MAX_REFERENCES = 0xffff;

    boolean isFree() {
        return references() == 0;
    }

    int references() {
        return DeviceBlockLayout.refcount(block, index);
    }

    /**
     * Whose it is.
     *
     * @throws IllegalArgumentException if there cannot be such a device
     */
    PciAddress address() {
        return PciAddress.of(DeviceBlockLayout.domain(block, index), DeviceBlockLayout.bdf(block, index));
    }

    /** Becomes that of a device, counted once. */
    void take(PciAddress address) {
        DeviceBlockLayout.address(block, index, address.domain(), address.bdf());
        DeviceBlockLayout.refcount(block, index, 1);
    }

    /**
     * Counts once more.
     *
     * @param address whose it is
     * @throws LiveUpdateException {@code EINVAL} if that cannot be, because the number is corrupt
     */
    void increment(PciAddress address) throws LiveUpdateException {
        int references = references();
        if (references == 0 || references == MAX_REFERENCES) {
            throw corrupt(address);
        }
        DeviceBlockLayout.refcount(block, index, references + 1);
    }

    /** How the number of references is refused. */
    LiveUpdateException corrupt(PciAddress address) {
        return new LiveUpdateException(Errno.EINVAL,
                "preserved PCI devices: the counter of " + address + " is corrupt, found " + references());
    }

    /** Counts once less; returns whether it is free then. */
    boolean decrement() {
        int left = Math.max(0, references() - 1);
        DeviceBlockLayout.refcount(block, index, left);
        if (left == 0) {
            DeviceBlockLayout.address(block, index, 0, 0);
        }
        return left == 0;
    }
}
