package org.liveupdate.providers.hardware;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.MachineLayout;
import org.liveupdate.providers.api.hardware.RegisterFile;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * A machine, seen from outside: who switches it on and off, and plugs devices in. Its directory is
 * {@link MachineLayout}. Thread safe.
 *
 * <p>It is on from {@link #create} to {@link #powerOff}, and as long as somebody, in whatever process, has it in use
 * ({@link #use}); when nobody has for a while, or the directory is gone, the devices stop by themselves.
 */
public final class Machine {

    private final Path directory;
    private final RegisterFile power;

    private Machine(Path directory) throws IOException {
        this.directory = directory;
        this.power = RegisterFile.open(directory.resolve(MachineLayout.POWER), MachineLayout.POWER_BYTES);
    }

    /**
     * A new machine, switched on, with devices that nobody runs yet.
     *
     * @param directory created with mode 0700; must not exist
     * @param devices where they are: of domain 0, on bus 0 below number 16, or on bus 1 to 15 behind a root port
     * @throws IOException if the directory cannot be written
     * @throws IllegalArgumentException if a device cannot be where it is said to be
     */
    public static Machine create(Path directory, List<PciAddress> devices) throws IOException {
        Files.createDirectory(directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        new PciTree(directory).write(devices);
        Path iommu = directory.resolve(MachineLayout.IOMMU);
        Files.createDirectories(iommu.getParent());
        writeRegisters(iommu, IommuRegisters.BYTES, IommuRegisters.IDENTITY_VALUE);
        Files.createFile(directory.resolve(MachineLayout.OWNER));
        writeRegisters(directory.resolve(MachineLayout.POWER), MachineLayout.POWER_BYTES, MachineLayout.ON);
        return new Machine(directory);
    }

    /** The machine in a directory. */
    public static Machine open(Path directory) throws IOException {
        return new Machine(directory);
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** The registers of a device, as a driver sees them. */
    public RegisterFile registers(PciAddress device) throws IOException {
        return DeviceRegisters.open(directory.resolve(MachineLayout.DEVICES).resolve(device.toString()));
    }

    /** The registers of the IOMMU. */
    public IommuRegisters iommu() throws IOException {
        return IommuRegisters.open(directory);
    }

    /**
     * Keeps the machine on until this is closed, or this process ends. Once in a process.
     *
     * @return to be closed, and not to be let go of before; never null
     */
    public Closeable use() throws IOException {
        FileChannel owner = FileChannel.open(directory.resolve(MachineLayout.OWNER), StandardOpenOption.READ);
        owner.lock(0, Long.MAX_VALUE, true);
        return owner;
    }

    /** Switches it off: the devices stop at once. */
    public void powerOff() {
        power.set(0, 0);
    }

    /** The first u64 identifies what it is; the rest is zero and takes no room. */
    private static void writeRegisters(Path file, int length, long identity) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(number.putLong(0, 0).clear(), length - Long.BYTES);
            channel.write(number.putLong(0, identity).clear(), 0);
        }
    }
}
