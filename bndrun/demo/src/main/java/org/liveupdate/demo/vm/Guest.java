package org.liveupdate.demo.vm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.vfio.VfioDevice;

/**
 * A guest: all the files that it consists of, open.
 *
 * @param plan
 *            the file that says what the others have to be
 * @param low
 *            its low memory
 * @param high
 *            its high memory
 * @param own
 *            its private memory
 * @param vm
 *            the virtual machine
 * @param iommufd
 *            what its devices may reach
 * @param devices
 *            in the order of their tokens
 */
record Guest(Memfd plan, Memfd low, HugeMemfd high, GuestMemfd own, Vm vm, Iommufd iommufd, List<VfioDevice> devices)
        implements
            AutoCloseable {
    private static final int STEP_BYTES = 1 << 20;

    Guest {
        devices = List.copyOf(devices);
    }

    /** Puts the memory where the guest expects it; slots do not survive a live update. */
    void addSlots() throws IOException {
        addSlot(Memory.LOW, low);
        addSlot(Memory.HIGH, high);
        addSlot(Memory.PRIVATE, own);
    }

    private void addSlot(Memory memory, ByteFile file) throws IOException {
        vm.addSlot(new MemorySlot(memory.start(), file, 0, memory.length()));
    }

    /** The memory that the devices write to, in the order of the devices. */
    static List<Memory> shared() {
        return List.of(Memory.LOW, Memory.HIGH);
    }

    /** What each device works on, in their order. */
    List<DmaRing> rings() {
        List<DmaRing> rings = new ArrayList<>();
        for (VfioDevice device : devices) {
            rings.add(new DmaRing(device, shared().get(rings.size()).ring()));
        }
        return rings;
    }

    /** How many stamps each device has written, in their order. */
    List<Long> written() throws LiveUpdateException {
        List<Long> written = new ArrayList<>();
        for (DmaRing ring : rings()) {
            written.add(ring.written());
        }
        return written;
    }

    /** The guest writes all its memory but the rings. */
    void fill(Pattern pattern) throws IOException {
        for (Memory memory : Memory.values()) {
            for (long address = memory.start(); address < memory.end(); address += STEP_BYTES) {
                if (!isRing(address)) {
                    ByteBuffer words = ByteBuffer.allocate(STEP_BYTES);
                    pattern.fill(address, words);
                    vm.write(address, words);
                }
            }
        }
    }

    /**
     * The guest reads all its memory but the rings.
     *
     * @return the address of the first word that is not what it wrote, or -1
     */
    long difference(Pattern pattern) throws IOException {
        for (Memory memory : Memory.values()) {
            for (long address = memory.start(); address < memory.end(); address += STEP_BYTES) {
                long found = isRing(address) ? -1 : pattern.difference(address, read(address, STEP_BYTES));
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }

    /** A ring is as large as a step, and begins with one. */
    private static boolean isRing(long address) {
        return shared().stream().anyMatch(memory -> memory.ring() == address);
    }

    /** What the guest reads at an address, from 0 to the limit. */
    ByteBuffer read(long address, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        vm.read(address, bytes);
        return bytes.flip();
    }

    /** Switches the devices off, and lets go of everything. */
    @Override
    public void close() {
        devices.forEach(VfioDevice::close);
        iommufd.close();
        vm.close();
        own.close();
        high.close();
        low.close();
        plan.close();
    }
}
