package org.liveupdate.providers.iommu.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.TableWalk;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.pci.PciAddress;

/** The machine's IOMMU: its registers, and the root table that they refer to. Guarded by the lock of {@link Iommu}. */
final class Unit {

    private static final long ACCESS_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = 20_000;
    private static final int DEVICES = 1 << 16;

    private final IommuRegisters registers;
    private final TablePages pages;
    /** Null until it is known what the previous generation left, and after it was left to the next owner. */
    private RootTable root;
    /** How this generation is told from others; 0 until it is in charge. */
    private long generation;

    private Unit(IommuRegisters registers, TablePages pages) {
        this.registers = registers;
        this.pages = pages;
    }

    /** The IOMMU of a machine. */
    static Unit open(Path machine, TablePages pages) throws IOException {
        return new Unit(IommuRegisters.open(machine), pages);
    }

    /** The machine has one, in front of the devices of domain 0. */
    static boolean isInFrontOf(PciAddress device) {
        return device.domain() == 0;
    }

    /** Null if it is not known yet. */
    RootTable root() {
        return root;
    }

    /** What the register says, whoever has set it. */
    long rootAddress() {
        return registers.root();
    }

    /** Which generation this is, as the register says it. */
    void generation(long number) {
        generation = ProcessHandle.current().pid() << Integer.SIZE | number;
        if (root != null) {
            registers.driver(generation);
        }
    }

    /** Whether this generation has set it, in whatever version of this bundle, or nobody has. */
    boolean isOurs() {
        return registers.root() == 0 || registers.driver() == generation;
    }

    /** The table that the register refers to has been restored. */
    void adopt(RootTable restored) {
        root = restored;
        if (generation != 0) {
            registers.driver(generation);
        }
    }

    /** An empty root table: every device's access faults. */
    void create(Path memory) throws LiveUpdateException {
        switchOff();
        if (!memory.equals(registers.memory())) {
            registers.memory(memory);
        }
        RootTable created = RootTable.create(pages);
        adopt(created);
        registers.root(created.address());
    }

    /** All devices' accesses fault, and none is under way. */
    void switchOff() throws LiveUpdateException {
        registers.root(0);
        for (int bdf = 0; bdf < DEVICES; bdf++) {
            awaitEndOfAccess(bdf);
        }
    }

    /** Translation goes on through the root table. */
    void switchOn() {
        registers.root(root.address());
    }

    /** Somebody else has the root table from now on. */
    void leave() {
        root.tables().forget();
        root = null;
    }

    /** As the hardware does it. */
    Translation translate(PciAddress device, long iova, boolean write) {
        return new TableWalk(pages).device(registers.root(), device.bdf(), iova, write);
    }

    long faults() {
        return registers.faults();
    }

    /**
     * Waits until an access of a device has ended that may have seen what it must not see any more.
     *
     * @throws LiveUpdateException {@code ETIMEDOUT} if it does not end
     */
    void awaitEndOfAccess(int bdf) throws LiveUpdateException {
        long access = registers.access(bdf);
        if ((access & 1) == 0) {
            return;
        }
        long start = System.nanoTime();
        while (registers.access(bdf) == access) {
            if (System.nanoTime() - start > ACCESS_TIMEOUT_NANOS) {
                throw new LiveUpdateException(Errno.ETIMEDOUT, "device " + PciAddress.of(0, bdf)
                        + " does not end its access to memory: its process hangs or was killed; start it again");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
