package org.liveupdate.providers.api.pci;

import java.nio.file.Path;
import java.util.List;

/**
 * A PCI device as sysfs describes it, at the moment it was asked for. Immutable.
 *
 * @param address where it is, not null
 * @param vendor the vendor id, 16 bits
 * @param device the device id, 16 bits
 * @param classCode base class, subclass and programming interface, 24 bits
 * @param virtualFunction whether it is a virtual function of another device (SR-IOV), so that its address depends on
 *        that one's state
 * @param bridges the bridges above it, nearest first, up to the root port; empty for a device on a root bus; not null
 * @param rootBus the root bus above the last bridge, such as {@code pci0000:00}; null if the path from the device does
 *        not reach one
 * @param directory where sysfs has its attributes, not null
 */
public record PciDevice(PciAddress address, int vendor, int device, int classCode, boolean virtualFunction,
        List<PciAddress> bridges, String rootBus, Path directory) {

    /** Copies the list. */
    public PciDevice {
        bridges = List.copyOf(bridges);
    }

    /** Whether it is a bridge to another bus: such a device is preserved with the devices behind it, never by itself. */
    public boolean isBridge() {
        return classCode >> 16 == 0x06 && (classCode >> 8 & 0xff) == 0x04;
    }
}
