package org.liveupdate.providers.iommu.internal;

import java.util.List;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * Reads preserved state back, with all tables, and restores their pages. Devices translate through these tables while they
 * are read, so nothing is believed and nothing is repaired. Used once.
 */
final class StateReader {

    private final TablePages pages;
    private final Scope scope;

    StateReader(TablePages pages, Scope scope) {
        this.pages = pages;
        this.scope = scope;
    }

    /**
     * Reads the payload, and the page tables of its domains.
     *
     * @throws UntrustedException if something is not what it has to be
     */
    PreservedState read(Object lock, long data, boolean incoming) throws UntrustedException {
        Region header = restore(data);
        long version = IommuLayout.version(header);
        if (version != PreservedIommu.VERSION) {
            throw new UntrustedException("payload of " + PreservedIommu.COMPATIBLE,
                    "expected version " + PreservedIommu.VERSION + ", found " + version);
        }
        PreservedState state = new PreservedState(lock, scope, incoming, header,
                array(IommuLayout.hardware(header), HardwareLayout.BYTES, "IOMMUs"),
                array(IommuLayout.domains(header), DomainLayout.BYTES, "domains"),
                array(IommuLayout.devices(header), DeviceLayout.BYTES, "devices"));
        for (Region slot : state.liveDomains()) {
            state.enter(domain(slot), slot);
        }
        checkReferences(state);
        return state;
    }

    /**
     * The tables that say which device is attached to what.
     *
     * @throws UntrustedException if they are not preserved in this scope, or corrupt
     */
    RootTable root(long address) throws UntrustedException {
        try {
            return RootTable.restore(pages, scope, address);
        } catch (KhoException e) {
            throw new UntrustedException("root table of the IOMMU", e.getMessage());
        }
    }

    private Region restore(long address) throws UntrustedException {
        try {
            return scope.restore(address).slice(0, IommuLayout.BYTES);
        } catch (KhoException e) {
            throw new UntrustedException("payload of " + PreservedIommu.COMPATIBLE, e.getMessage());
        }
    }

    private ObjectArray array(long address, int objectBytes, String kind) throws UntrustedException {
        try {
            return ObjectArray.restore(scope, address, objectBytes, kind);
        } catch (KhoException e) {
            throw new UntrustedException("array of " + kind, e.getMessage());
        }
    }

    private Domain domain(Region slot) throws UntrustedException {
        String name = "page table at 0x" + Long.toHexString(DomainLayout.top(slot));
        if (!DomainLayout.isKnown(slot)) {
            throw new UntrustedException(name, "it is of a kind that this version does not know");
        }
        try {
            return new Domain(PageTable.restore(pages, scope, DomainLayout.top(slot), name));
        } catch (KhoException e) {
            throw new UntrustedException(name, e.getMessage());
        }
    }

    private void checkReferences(PreservedState state) throws UntrustedException {
        List<Region> hardware = state.liveHardware();
        for (Region slot : hardware) {
            if (HardwareLayout.type(slot) != HardwareLayout.TYPE
                    || HardwareLayout.token(slot) != PreservedState.TOKEN) {
                throw new UntrustedException("IOMMU " + HardwareLayout.token(slot), "it is none of this machine");
            }
        }
        for (Region slot : state.liveDevices()) {
            PciAddress device = DeviceLayout.device(slot);
            if (device == null) {
                throw new UntrustedException("array of devices", "an entry is of no device");
            }
            if (state.domain(DeviceLayout.domain(slot)) == null) {
                throw new UntrustedException(device.toString(), "the domain that it was attached to is not preserved");
            }
            if (hardware.stream().noneMatch(iommu -> iommu.address() == DeviceLayout.iommu(slot))) {
                throw new UntrustedException(device.toString(), "the IOMMU in front of it is not preserved");
            }
        }
    }
}
