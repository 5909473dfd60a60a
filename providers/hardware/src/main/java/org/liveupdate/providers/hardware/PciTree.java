package org.liveupdate.providers.hardware;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.MachineLayout;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * Writes the PCI part of a machine: devices on bus 0, and those on another bus behind a root port, number 16 + bus of
 * bus 0. All of domain 0.
 */
final class PciTree {

    private static final String ROOT_BUS = "pci0000:00";
    private static final int FIRST_ROOT_PORT = 16;
    private static final int LAST_BUS = 15;
    private static final int FIRST_REGISTERS = 0xfe00_0000;

    private final Path machine;
    private int registers = FIRST_REGISTERS;

    PciTree(Path machine) {
        this.machine = machine;
    }

    /**
     * Writes devices.
     *
     * @throws IllegalArgumentException if one is not of domain 0, on a bus above 15, or where a root port is
     */
    void write(List<PciAddress> devices) throws IOException {
        Files.createDirectories(machine.resolve(MachineLayout.DEVICES));
        for (PciAddress device : devices) {
            if (device.domain() != 0 || device.bus() > LAST_BUS
                    || device.bus() == 0 && device.device() >= FIRST_ROOT_PORT) {
                throw new IllegalArgumentException("a device of this machine is of domain 0, on bus 0 below number "
                        + FIRST_ROOT_PORT + " or on bus 1 to " + LAST_BUS + ", not at " + device);
            }
            writeDevice(parent(device.bus()), device);
        }
    }

    private Path parent(int bus) throws IOException {
        Path rootBus = machine.resolve(MachineLayout.ROOT).resolve(ROOT_BUS);
        if (bus == 0) {
            return Files.createDirectories(rootBus);
        }
        PciAddress port = new PciAddress(0, 0, FIRST_ROOT_PORT + bus, 0);
        Path directory = rootBus.resolve(port.toString());
        if (!Files.exists(directory)) {
            create(directory, port, Identity.ROOT_PORT, ConfigSpace.bridge(Identity.ROOT_PORT, 0, bus), "");
        }
        return directory;
    }

    private void writeDevice(Path parent, PciAddress address) throws IOException {
        Path directory = parent.resolve(address.toString());
        long start = Integer.toUnsignedLong(registers);
        create(directory, address, Identity.DEVICE, ConfigSpace.device(Identity.DEVICE, registers),
                String.format("0x%016x 0x%016x 0x%016x%n", start, start + DeviceRegisters.BYTES - 1, 0x40200));
        registers += DeviceRegisters.BYTES;
        byte[] contents = ByteBuffer.allocate(DeviceRegisters.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(DeviceRegisters.IDENTITY, DeviceRegisters.IDENTITY_VALUE).array();
        Files.write(directory.resolve(MachineLayout.REGISTERS), contents);
    }

    private void create(Path directory, PciAddress address, Identity identity, byte[] config, String resource)
            throws IOException {
        Files.createDirectories(directory);
        attribute(directory, "vendor", String.format("0x%04x", identity.vendor()));
        attribute(directory, "device", String.format("0x%04x", identity.device()));
        attribute(directory, "class", String.format("0x%06x", identity.classCode()));
        attribute(directory, "driver_override", "(null)");
        Files.write(directory.resolve("config"), config);
        Files.writeString(directory.resolve("resource"), resource);
        Path devices = machine.resolve(MachineLayout.DEVICES);
        Files.createSymbolicLink(devices.resolve(address.toString()), devices.relativize(directory));
    }

    private static void attribute(Path directory, String name, String value) throws IOException {
        Files.writeString(directory.resolve(name), value + "\n");
    }
}
