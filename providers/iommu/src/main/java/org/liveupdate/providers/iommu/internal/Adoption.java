package org.liveupdate.providers.iommu.internal;

import java.util.SortedMap;
import java.util.TreeMap;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.pci.PciAddress;

/** Goes on with state that was read, if it fits to what the IOMMU does. Guarded by the lock of {@link Iommu}. Used once. */
final class Adoption {

    private final PreservedState state;
    private final StateReader reader;
    /** Whether it came with a live update, rather than from another owner. */
    private final boolean handover;
    private final SortedMap<PciAddress, Region> attached = new TreeMap<>();

    Adoption(PreservedState state, StateReader reader, boolean handover) {
        this.state = state;
        this.reader = reader;
        this.handover = handover;
    }

    /**
     * The root table of this state, if there is one: not if nothing is attached, or the other side has it.
     *
     * @param unit the IOMMU, or null
     * @return as said, or the one that is known already, or null
     * @throws UntrustedException if devices are preserved and there is no IOMMU, or its tables cannot be trusted
     */
    RootTable root(Unit unit) throws UntrustedException {
        if (state.liveHardware().isEmpty()) {
            return null;
        }
        if (unit == null) {
            throw new UntrustedException("IOMMU " + PreservedState.TOKEN, "it is not there: set " + Settings.MACHINE);
        }
        long address = unit.rootAddress();
        boolean here = state.scope().blocks().stream().anyMatch(block -> block.address() == address);
        return here || handover ? reader.root(address) : unit.root();
    }

    /**
     * Compares what is preserved with what the IOMMU does.
     *
     * @param root null if there is none
     * @throws UntrustedException if a device is not attached to what is preserved
     */
    void check(RootTable root) throws UntrustedException {
        for (Region slot : state.liveDevices()) {
            Domain domain = state.domain(DeviceLayout.domain(slot));
            PciAddress device = DeviceLayout.device(slot);
            if (root != null && root.pageTable(device.bdf()) == domain.table().top()) {
                domain.number = root.domain(device.bdf());
                attached.put(device, slot);
            } else if (handover || !state.isIncoming() || ObjectLayout.isIncoming(slot)) {
                throw new UntrustedException(device.toString(),
                        "it is not attached to the page table that is preserved");
            }
        }
    }

    /** Enters what was found. */
    void enter(Attachments attachments, DomainNumbers numbers) {
        attached.forEach((device, slot) -> {
            attachments.restore(device, slot, state);
            if (handover) {
                ObjectLayout.incoming(slot, true);
            }
        });
        state.entered().forEach(numbers::take);
    }
}
