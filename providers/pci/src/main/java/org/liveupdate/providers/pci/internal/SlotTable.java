package org.liveupdate.providers.pci.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.liveupdate.providers.api.support.KhoErrno;

/**
 * The preserved devices in their blocks. All that counts is in preserved memory; here is only where. An entry that became
 * free is used again, a block stays until the FLB ends.
 */
final class SlotTable implements PreservedDevices {

    private final Scope scope;
    private final Region header;
    /** The blocks of the chain, in order; guarded by this. */
    private final List<Region> blocks = new ArrayList<>();
    /** The entries in use; guarded by this. */
    private final Map<PciAddress, Slot> used = new TreeMap<>();
    /** Entries that were in use; guarded by this. */
    private final Deque<Slot> free = new ArrayDeque<>();

    private SlotTable(Scope scope, Region header) {
        this.scope = scope;
        this.header = header;
    }

    /**
     * An empty table in a new block.
     *
     * @throws KhoException as for {@link Scope#allocPreserve}
     */
    static SlotTable create(Scope scope) {
        Region header = scope.allocPreserve(PciLayout.BYTES);
        PciLayout.version(header, PciLayout.VERSION);
        return new SlotTable(scope, header);
    }

    /**
     * The table that another owner left. Nothing of it is believed.
     *
     * @param data the address of its header
     * @throws LiveUpdateException {@code EINVAL} if it makes no sense
     */
    static SlotTable restore(Scope scope, long data) throws LiveUpdateException {
        try {
            SlotTable table = new SlotTable(scope, scope.restore(data).slice(0, PciLayout.BYTES));
            table.read();
            return table;
        } catch (KhoException | IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    /** The {@link PciLayout}. */
    Region header() {
        return header;
    }

    private synchronized void read() throws LiveUpdateException {
        int version = PciLayout.version(header);
        if (version != PciLayout.VERSION) {
            throw invalid("expected version " + PciLayout.VERSION + ", found " + version);
        }
        // a chain that turns back ends here: no block is restored twice
        for (long next = PciLayout.firstBlock(header); next != 0;) {
            Region block = scope.restore(next);
            blocks.add(block);
            readBlock(block);
            next = DeviceBlockLayout.next(block);
        }
        if (used.size() != PciLayout.devices(header)) {
            throw invalid("expected " + PciLayout.devices(header) + " devices, found " + used.size());
        }
    }

    private void readBlock(Region block) throws LiveUpdateException {
        long count = DeviceBlockLayout.count(block);
        if (count < 1 || count > DeviceBlockLayout.CAPACITY) {
            throw invalid("expected 1 to " + DeviceBlockLayout.CAPACITY + " entries in a block, found " + count);
        }
        for (int i = 0; i < count; i++) {
            Slot slot = new Slot(block, i);
            if (slot.isFree()) {
                free.add(slot);
            } else if (used.put(slot.address(), slot) != null) {
                throw invalid("found " + slot.address() + " twice");
            }
        }
    }

    private static LiveUpdateException invalid(String found) {
        return new LiveUpdateException(Errno.EINVAL, "preserved PCI devices: " + found);
    }

    @Override
    public synchronized int references(PciAddress address) {
        Slot slot = used.get(address);
        return slot == null ? 0 : slot.references();
    }

    @Override
    public synchronized SortedMap<PciAddress, Integer> references() {
        SortedMap<PciAddress, Integer> references = new TreeMap<>();
        used.forEach((address, slot) -> references.put(address, slot.references()));
        return references;
    }

    @Override
    public synchronized void add(PciAddress device, List<PciAddress> bridges) throws LiveUpdateException {
        Slot present = used.get(device);
        if (present != null && present.references() == 1) {
            throw new LiveUpdateException(Errno.EBUSY, "PCI device " + device + " is preserved already");
        }
        if (present != null) {
            throw present.corrupt(device);
        }
        Deque<PciAddress> counted = new ArrayDeque<>();
        try {
            increment(device);
            counted.push(device);
            for (PciAddress bridge : bridges) {
                increment(bridge);
                counted.push(bridge);
            }
        } catch (LiveUpdateException e) {
            counted.forEach(this::decrement);
            throw e;
        } catch (KhoException e) {
            counted.forEach(this::decrement);
            throw new LiveUpdateException(KhoErrno.of(e), "PCI device " + device + ": " + e.getMessage());
        }
    }

    @Override
    public synchronized boolean remove(PciAddress device, List<PciAddress> bridges) {
        if (!used.containsKey(device)) {
            return false;
        }
        List<PciAddress> path = new ArrayList<>(bridges);
        Collections.reverse(path);
        path.add(device);
        path.forEach(this::decrement);
        return true;
    }

    private void increment(PciAddress address) throws LiveUpdateException {
        Slot slot = used.get(address);
        if (slot != null) {
            slot.increment(address);
            return;
        }
        Slot fresh = freeSlot();
        fresh.take(address);
        used.put(address, fresh);
        PciLayout.devices(header, used.size());
    }

    private void decrement(PciAddress address) {
        Slot slot = used.get(address);
        if (slot != null && slot.decrement()) {
            used.remove(address);
            free.push(slot);
            PciLayout.devices(header, used.size());
        }
    }

    private Slot freeSlot() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        Region last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last == null || DeviceBlockLayout.count(last) == DeviceBlockLayout.CAPACITY) {
            last = append(last);
        }
        int index = (int) DeviceBlockLayout.count(last);
        DeviceBlockLayout.count(last, index + 1L);
        return new Slot(last, index);
    }

    private Region append(Region last) {
        Region block = scope.allocPreserve(DeviceBlockLayout.BYTES);
        blocks.add(block);
        if (last == null) {
            PciLayout.firstBlock(header, block.address());
        } else {
            DeviceBlockLayout.next(last, block.address());
        }
        return block;
    }
}
