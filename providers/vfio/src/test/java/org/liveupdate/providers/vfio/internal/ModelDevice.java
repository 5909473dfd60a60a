package org.liveupdate.providers.vfio.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.MachineLayout;
import org.liveupdate.providers.api.hardware.RegisterFile;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;

/** A device with registers that does resets, while it is on, and nothing else. */
final class ModelDevice implements AutoCloseable {

    final PciDevice device;
    final RegisterFile registers;
    private final Thread hardware;
    private volatile boolean on = true;
    private volatile int resets;

    ModelDevice(Path machine, PciAddress address) throws IOException {
        Path directory = Files.createDirectories(machine.resolve(address.toString()));
        Path file = directory.resolve(MachineLayout.REGISTERS);
        if (Files.notExists(file)) {
            Files.write(file, new byte[DeviceRegisters.BYTES]);
        }
        registers = RegisterFile.open(file, DeviceRegisters.BYTES);
        registers.set(DeviceRegisters.IDENTITY, DeviceRegisters.IDENTITY_VALUE);
        device = new PciDevice(address, 0x1af4, 0x1041, 0x088000, false, List.of(), "pci0000:00", directory);
        hardware = new Thread(this::run, "device " + address);
        hardware.setDaemon(true);
        hardware.start();
    }

    private void run() {
        while (on) {
            if ((registers.get(DeviceRegisters.CONTROL) & DeviceRegisters.RESET) != 0) {
                resets++;
                registers.set(DeviceRegisters.CONTROL, 0);
            }
            LockSupport.parkNanos(20_000);
        }
    }

    int resets() {
        return resets;
    }

    boolean runs() {
        return (registers.get(DeviceRegisters.CONTROL) & DeviceRegisters.RUN) != 0;
    }

    /** Switches it off: it does not answer any more. */
    void off() {
        on = false;
        try {
            hardware.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        off();
    }
}
