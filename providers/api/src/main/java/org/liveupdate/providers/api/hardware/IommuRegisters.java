package org.liveupdate.providers.api.hardware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The registers of the IOMMU, version 1. All but the path are u64.
 *
 * <pre>
 *      0  identity    "LUOIOMMU" as bytes
 *      8  root        address of the root table ({@link ContextTableLayout}); 0: translation is off, all accesses fault
 *     16  memory      counts how often the path was set
 *     24  faults      how many accesses have faulted since the machine was switched on
 *     32  fault at    IO virtual address of the first one since they were last cleared
 *     40  fault       0 if there was none, else  bit 63 | bit 62 if it would write | bdf &lt;&lt; 16 | {@link Fault#code()}
 *     48  driver      which generation drives it: process id &lt;&lt; 32 | number of the live update; 0 if none has
 *    512  path        of the memory file, UTF-8, NUL-terminated: where addresses lead to
 *   4096  access      one for each bdf: odd while that device accesses memory
 * 528384  end
 * </pre>
 *
 * A device makes its access register odd, reads root and tables, accesses memory, and makes the register even again.
 * Whoever has taken something away from a device waits until its register is even, or another odd number than before: so
 * no access is under way any more that could have seen what was taken away. Thread safe.
 */
public final class IommuRegisters {

    /** Length in bytes. */
    public static final int BYTES = 4096 + 65536 * Long.BYTES;

    /** "LUOIOMMU", read as a little-endian number. */
    public static final long IDENTITY_VALUE = 0x554d_4d4f_494f_554cL;

    private static final int IDENTITY = 0;
    private static final int ROOT = 8;
    private static final int MEMORY = 16;
    private static final int FAULTS = 24;
    private static final int FAULT_ADDRESS = 32;
    private static final int FAULT = 40;
    private static final int DRIVER = 48;
    private static final int PATH = 512;
    private static final int PATH_BYTES = 4096 - PATH;
    private static final int ACCESS = 4096;

    private static final long FAULT_VALID = 1L << 63;
    private static final long FAULT_WRITE = 1L << 62;
    private static final int FAULT_BDF_SHIFT = 16;

    private final RegisterFile registers;

    private IommuRegisters(RegisterFile registers) {
        this.registers = registers;
    }

    /**
     * Maps the registers of a machine's IOMMU.
     *
     * @param machine the machine's directory, not null
     * @throws IOException if it has none, or they are of something else
     */
    public static IommuRegisters open(Path machine) throws IOException {
        RegisterFile registers = RegisterFile.open(machine.resolve(MachineLayout.IOMMU), BYTES);
        if (registers.get(IDENTITY) != IDENTITY_VALUE) {
            throw new IOException(registers.path() + ": expected the IOMMU of this model, found identity "
                    + Long.toHexString(registers.get(IDENTITY)));
        }
        return new IommuRegisters(registers);
    }

    /** The address of the root table; 0: translation is off. */
    public long root() {
        return registers.get(ROOT);
    }

    /** Sets the address of the root table, or switches translation off with 0. */
    public void root(long address) {
        registers.set(ROOT, address);
    }

    /** Which generation drives the IOMMU; 0 if none has yet. */
    public long driver() {
        return registers.get(DRIVER);
    }

    /** Says which generation drives the IOMMU. */
    public void driver(long generation) {
        registers.set(DRIVER, generation);
    }

    /** Counts how often {@link #memory(Path)} was called. */
    public long memoryCount() {
        return registers.get(MEMORY);
    }

    /** The memory file; null before it was set. */
    public Path memory() {
        byte[] bytes = registers.read(PATH, PATH_BYTES);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return length == 0 ? null : Path.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    /**
     * Says where addresses lead to. Translation has to be off.
     *
     * @throws IllegalArgumentException if the path does not fit
     */
    public void memory(Path file) {
        byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= PATH_BYTES) {
            throw new IllegalArgumentException("expected a path shorter than " + PATH_BYTES + " bytes, found " + file);
        }
        registers.write(PATH, Arrays.copyOf(bytes, PATH_BYTES));
        registers.add(MEMORY, 1);
    }

    /** The access register of a device. */
    public long access(int bdf) {
        return registers.get(accessOffset(bdf));
    }

    /** For the device: it is going to access memory. */
    public void beginAccess(int bdf) {
        registers.set(accessOffset(bdf), registers.get(accessOffset(bdf)) | 1);
    }

    /** For the device: its access has ended. */
    public void endAccess(int bdf) {
        long access = registers.get(accessOffset(bdf));
        registers.set(accessOffset(bdf), access + (access & 1));
    }

    /** For the device: counts a fault, and keeps it if it is the first. */
    public void fault(int bdf, long iova, boolean write, Fault fault) {
        long value = FAULT_VALID | (write ? FAULT_WRITE : 0) | (long) bdf << FAULT_BDF_SHIFT | fault.code();
        if (registers.replace(FAULT, 0, value)) {
            registers.set(FAULT_ADDRESS, iova);
        }
        registers.add(FAULTS, 1);
    }

    /** How many accesses have faulted since the machine was switched on. */
    public long faults() {
        return registers.get(FAULTS);
    }

    /** The fault that is kept; null if there is none. */
    public Recorded fault() {
        long value = registers.get(FAULT);
        if (value == 0) {
            return null;
        }
        return new Recorded((int) (value >>> FAULT_BDF_SHIFT) & 0xffff, registers.get(FAULT_ADDRESS),
                (value & FAULT_WRITE) != 0, Fault.of((int) value & 0xffff));
    }

    /** Forgets the fault that is kept, so that the next one is. */
    public void clearFault() {
        registers.set(FAULT, 0);
    }

    /**
     * A fault.
     *
     * @param bdf bus, device and function of the device
     * @param iova where it would have accessed memory
     * @param write whether it would have written
     * @param fault why it was refused; null for a code that is not known
     */
    public record Recorded(int bdf, long iova, boolean write, Fault fault) {}

    private static int accessOffset(int bdf) {
        return ACCESS + bdf * Long.BYTES;
    }
}
