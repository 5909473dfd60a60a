package org.liveupdate.providers.vfio.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.RegisterFile;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;

/** The first memory region of a device, and what every device does with it. Thread safe. */
final class Registers {

    /** How long a device may take for a reset; one that was switched off never answers. */
    private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final String REAL = "sysfs";

    private final PciAddress address;
    private final RegisterFile file;

    private Registers(PciAddress address, RegisterFile file) {
        this.address = address;
        this.file = file;
    }

    /**
     * Maps them.
     *
     * @throws LiveUpdateException {@code ENODEV} if it is not a device of the machine model
     */
    static Registers open(PciDevice device) throws LiveUpdateException {
        try {
            // mapping a real device's registers, and looking for the identity in them, could set something off
            if (Files.getFileStore(device.directory()).type().equals(REAL)) {
                throw new IOException(device.directory() + " belongs to a real device");
            }
            return new Registers(device.address(), DeviceRegisters.open(device.directory()));
        } catch (IOException e) {
            throw new LiveUpdateException(Errno.ENODEV,
                    "PCI device " + device.address() + " is none that this driver drives: " + e.getMessage());
        }
    }

    long read(long offset) throws LiveUpdateException {
        return file.get(check(offset));
    }

    void write(long offset, long value) throws LiveUpdateException {
        file.set(check(offset), value);
    }

    private int check(long offset) throws LiveUpdateException {
        if (offset < 0 || offset > DeviceRegisters.BYTES - Long.BYTES || offset % Long.BYTES != 0) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "PCI device " + address + ": expected the offset of a register, a "
                            + "multiple of 8 below " + DeviceRegisters.BYTES + ", found " + offset);
        }
        return (int) offset;
    }

    boolean hasInterrupts() {
        return (file.get(DeviceRegisters.CONTROL) & DeviceRegisters.INTERRUPTS_ON) != 0;
    }

    void interrupts(boolean enabled) {
        if (enabled) {
            file.setBits(DeviceRegisters.CONTROL, DeviceRegisters.INTERRUPTS_ON);
        } else {
            file.clearBits(DeviceRegisters.CONTROL, DeviceRegisters.INTERRUPTS_ON);
        }
    }

    /** No DMA and no interrupt is begun any more. */
    void quiesce() {
        file.clearBits(DeviceRegisters.CONTROL, DeviceRegisters.RUN | DeviceRegisters.INTERRUPTS_ON);
    }

    /** Resets the device; returns whether it did that. */
    boolean reset() {
        quiesce();
        file.setBits(DeviceRegisters.CONTROL, DeviceRegisters.RESET);
        long deadline = System.nanoTime() + RESET_NANOS;
        while ((file.get(DeviceRegisters.CONTROL) & DeviceRegisters.RESET) != 0) {
            if (System.nanoTime() - deadline > 0) {
                file.clearBits(DeviceRegisters.CONTROL, DeviceRegisters.RESET);
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
