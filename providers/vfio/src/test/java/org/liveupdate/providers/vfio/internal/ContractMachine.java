package org.liveupdate.providers.vfio.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.MachineLayout;
import org.liveupdate.providers.api.hardware.RegisterFile;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;

/**
 * A machine in a directory, with as many devices as are plugged in. Of several objects for one directory the last one made
 * is its hardware: the others' threads end.
 */
final class ContractMachine implements AutoCloseable {

    private static final String POWER = "power";

    private final Path directory;
    private final RegisterFile power;
    private final long turn;
    private final List<RegisterFile> devices = new CopyOnWriteArrayList<>();

    ContractMachine(Path directory) throws IOException {
        this.directory = directory;
        power = registers(directory.resolve(POWER), Long.BYTES);
        turn = power.add(0, 1);
        Thread hardware = new Thread(this::run, "hardware in " + directory);
        hardware.setDaemon(true);
        hardware.start();
    }

    private static RegisterFile registers(Path file, int bytes) throws IOException {
        if (Files.notExists(file)) {
            Files.write(file, new byte[bytes]);
        }
        return RegisterFile.open(file, bytes);
    }

    private void run() {
        while (power.get(0) == turn) {
            devices.forEach(device -> device.clearBits(DeviceRegisters.CONTROL, DeviceRegisters.RESET));
            LockSupport.parkNanos(50_000);
        }
    }

    /** A device that nobody has. */
    PciDevice plug() throws IOException {
        for (int bdf = 0;; bdf++) {
            PciAddress address = PciAddress.of(0, bdf);
            try {
                Files.createDirectory(directory.resolve(address.toString()));
                return power(address);
            } catch (FileAlreadyExistsException e) {
                // the next one
            }
        }
    }

    private PciDevice power(PciAddress address) throws IOException {
        Path place = directory.resolve(address.toString());
        RegisterFile registers = registers(place.resolve(MachineLayout.REGISTERS), DeviceRegisters.BYTES);
        registers.set(DeviceRegisters.IDENTITY, DeviceRegisters.IDENTITY_VALUE);
        devices.add(registers);
        return new PciDevice(address, 0x1af4, 0x1041, 0x088000, false, List.of(), "pci0000:00", place);
    }

    /** The devices that were plugged in earlier. */
    List<PciDevice> plugged() throws IOException {
        List<PciDevice> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*:*")) {
            for (Path entry : entries) {
                found.add(power(PciAddress.parse(entry.getFileName().toString())));
            }
        }
        return found;
    }

    @Override
    public void close() {
        power.add(0, 1);
    }
}
