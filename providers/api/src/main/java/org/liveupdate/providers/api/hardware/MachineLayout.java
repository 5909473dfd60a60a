package org.liveupdate.providers.api.hardware;

/**
 * The machine is a directory.
 *
 * <pre>
 *   devices/0000:00:03.0 -&gt; ../root/pci0000:00/...   one link for each device, as in /sys/bus/pci/devices
 *   root/pci0000:00/0000:00:01.0/                     a bridge, its attributes, and what is behind it
 *       vendor, device, class, config, ...            as in sysfs
 *       0000:01:00.0/
 *           resource0                                 {@link DeviceRegisters}
 *   iommu/registers                                   {@link IommuRegisters}
 *   power                                             u64: 1 while the machine is on
 *   owner                                             locked, shared, by whoever needs the machine
 * </pre>
 */
public final class MachineLayout {

    /** Links to all devices by address: what {@code /sys/bus/pci/devices} is. */
    public static final String DEVICES = "devices";

    /** What {@code /sys/devices} is. */
    public static final String ROOT = "root";

    /** The registers of a device, in its directory. */
    public static final String REGISTERS = "resource0";

    /** The registers of the IOMMU. It is in front of all devices of domain 0. */
    public static final String IOMMU = "iommu/registers";

    /** Whether the machine is on. */
    public static final String POWER = "power";

    /** Length of {@link #POWER} in bytes. */
    public static final int POWER_BYTES = 8;

    /** {@link #POWER}: on. */
    public static final long ON = 1;

    /** Who needs the machine. */
    public static final String OWNER = "owner";

    private MachineLayout() {}
}
