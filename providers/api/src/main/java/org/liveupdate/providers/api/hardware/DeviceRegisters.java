package org.liveupdate.providers.api.hardware;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The registers of a device, in its {@code resource0}, version 1. All are u64.
 *
 * <pre>
 *     0  identity     "LUDEVICE" as bytes
 *     8  control      bit 0: run    bit 1: reset, until the device has done it    bit 2: raise interrupts
 *    16  status       bit 0: running    bit 1: an access has faulted since the last reset
 *    24  ring         IO virtual address of the first entry, a multiple of 16
 *    32  entries      how many there are, at least 1
 *    40  period       nanoseconds from one entry to the next
 *    48  sequence     how many entries were written since the last reset; the next is number sequence % entries
 *    56  faults       how many accesses have faulted since the last reset
 *    64  fault at     IO virtual address of the first of them
 *    72  fault        its {@link Fault#code()}, 0 if there was none
 *    80  interrupts   how many were raised since the last reset: one for each time round the ring
 *    88  alive        {@link System#nanoTime()} when the device last looked at its registers
 *   4096 end
 *
 *   ring entry, 16 bytes, written by the device
 *     0  u64  sequence of this entry, from 0 on
 *     8  u64  {@link System#nanoTime()} when it was written
 * </pre>
 *
 * While the device runs, ring, entries and period are not to be written. A faulting entry is tried again after a period.
 */
public final class DeviceRegisters {

    /** Length in bytes. */
    public static final int BYTES = 4096;

    /** Length of a ring entry in bytes. */
    public static final int ENTRY_BYTES = 16;

    /** Register: what it is. */
    public static final int IDENTITY = 0;
    /** Register: what it shall do. */
    public static final int CONTROL = 8;
    /** Register: what it does. */
    public static final int STATUS = 16;
    /** Register: where the ring is. */
    public static final int RING = 24;
    /** Register: how long the ring is. */
    public static final int ENTRIES = 32;
    /** Register: how fast it writes. */
    public static final int PERIOD = 40;
    /** Register: how much it has written. */
    public static final int SEQUENCE = 48;
    /** Register: how many accesses have faulted. */
    public static final int FAULTS = 56;
    /** Register: where the first one was. */
    public static final int FAULT_ADDRESS = 64;
    /** Register: why it has faulted. */
    public static final int FAULT = 72;
    /** Register: how many interrupts were raised. */
    public static final int INTERRUPTS = 80;
    /** Register: when the device was last seen. */
    public static final int ALIVE = 88;

    /** Control: run. */
    public static final long RUN = 1;
    /** Control: reset. */
    public static final long RESET = 2;
    /** Control: raise interrupts. */
    public static final long INTERRUPTS_ON = 4;

    /** Status: running. */
    public static final long RUNNING = 1;
    /** Status: an access has faulted. */
    public static final long FAULTED = 2;

    /** "LUDEVICE", read as a little-endian number. */
    public static final long IDENTITY_VALUE = 0x4543_4956_4544_554cL;

    private DeviceRegisters() {}

    /**
     * Maps the registers of a device.
     *
     * @param device its directory in sysfs, not null
     * @throws IOException if it has none, or they are of something else
     */
    public static RegisterFile open(Path device) throws IOException {
        RegisterFile registers = RegisterFile.open(device.resolve(MachineLayout.REGISTERS), BYTES);
        if (registers.get(IDENTITY) != IDENTITY_VALUE) {
            throw new IOException(registers.path() + ": expected a device of this model, found identity "
                    + Long.toHexString(registers.get(IDENTITY)));
        }
        return registers;
    }
}
