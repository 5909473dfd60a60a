package org.liveupdate.providers.iommu.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.iommu.PreservedDevice;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * The preserved state of one side, where it is: in preserved memory. The scope that it came with serves as long as this is
 * the FLB's object. Guarded by the lock of {@link Iommu}.
 */
final class PreservedState implements PreservedIommu {

    /** The token of the machine's only IOMMU. */
    static final long TOKEN = 1;

    private final Object lock;
    private final Scope scope;
    private final boolean incoming;
    private final Region header;
    private final ObjectArray hardware;
    private final ObjectArray domains;
    private final ObjectArray devices;
    /** The domains that are preserved, by the address of their slot. */
    private final Map<Long, Domain> bySlot = new HashMap<>();

    PreservedState(Object lock, Scope scope, boolean incoming, Region header, ObjectArray hardware, ObjectArray domains,
            ObjectArray devices) {
        this.lock = lock;
        this.scope = scope;
        this.incoming = incoming;
        this.header = header;
        this.hardware = hardware;
        this.domains = domains;
        this.devices = devices;
    }

    /** Nothing, ready for something. */
    static PreservedState create(Object lock, Scope scope) {
        PreservedState state = new PreservedState(lock, scope, false, scope.allocPreserve(IommuLayout.BYTES),
                ObjectArray.create(scope, HardwareLayout.BYTES), ObjectArray.create(scope, DomainLayout.BYTES),
                ObjectArray.create(scope, DeviceLayout.BYTES));
        IommuLayout.write(state.header, VERSION, state.hardware.address(), state.domains.address(),
                state.devices.address());
        return state;
    }

    /** For {@code data}. */
    long address() {
        return header.address();
    }

    Scope scope() {
        return scope;
    }

    boolean isIncoming() {
        return incoming;
    }

    List<Region> liveDomains() {
        return domains.live();
    }

    List<Region> liveDevices() {
        return devices.live();
    }

    List<Region> liveHardware() {
        return hardware.live();
    }

    /** Takes a domain in, with its tables. */
    void add(Domain domain) {
        Region slot = domains.append();
        try {
            domain.table().tables().moveTo(scope);
            DomainLayout.write(slot, domain.table().top());
        } catch (KhoException e) {
            ObjectLayout.delete(slot);
            throw e;
        }
        enter(domain, slot);
    }

    /** A domain that has its slot. */
    void enter(Domain domain, Region slot) {
        domain.state = this;
        domain.slot = slot;
        bySlot.put(slot.address(), domain);
    }

    /** The domain with a slot at that address, or null. */
    Domain domain(long slot) {
        return bySlot.get(slot);
    }

    /** All domains; a copy. */
    List<Domain> entered() {
        return List.copyOf(bySlot.values());
    }

    /** Lets go of a domain, and of devices that are still attached to it here. Its tables go to the pool. */
    void remove(Domain domain, RootTable root) {
        for (Region device : devices.live()) {
            if (DeviceLayout.domain(device) == domain.slot.address()) {
                removeDevice(device, root);
            }
        }
        ObjectLayout.delete(domain.slot);
        bySlot.remove(domain.slot.address());
        domain.table().tables().moveTo(null);
        domain.state = null;
        domain.slot = null;
    }

    /** Takes a device in that is attached to a domain of this, and the IOMMU in front of it. */
    Region addDevice(PciAddress device, Domain domain, RootTable root) {
        Region iommu = holdHardware(root);
        try {
            Region slot = devices.append();
            DeviceLayout.write(slot, device, domain.slot.address(), iommu.address());
            return slot;
        } catch (KhoException e) {
            releaseHardware(iommu, root);
            throw e;
        }
    }

    /** Lets go of a device, and of the IOMMU if it was the last one. */
    void removeDevice(Region slot, RootTable root) {
        ObjectLayout.delete(slot);
        hardware.live().stream().filter(iommu -> iommu.address() == DeviceLayout.iommu(slot))
                .forEach(iommu -> releaseHardware(iommu, root));
    }

    private Region holdHardware(RootTable root) {
        List<Region> live = hardware.live();
        Region slot = live.isEmpty() ? addHardware(root) : live.get(0);
        ObjectLayout.references(slot, ObjectLayout.references(slot) + 1);
        return slot;
    }

    private Region addHardware(RootTable root) {
        Region slot = hardware.append();
        try {
            root.tables().moveTo(scope);
        } catch (KhoException e) {
            ObjectLayout.delete(slot);
            throw e;
        }
        HardwareLayout.write(slot, TOKEN);
        return slot;
    }

    private void releaseHardware(Region slot, RootTable root) {
        int left = ObjectLayout.references(slot) - 1;
        ObjectLayout.references(slot, left);
        if (left == 0) {
            ObjectLayout.delete(slot);
            // the other side may have it already
            if (root != null && root.tables().scope() == scope) {
                root.tables().moveTo(null);
            }
        }
    }

    @Override
    public int domains() {
        synchronized (lock) {
            return domains.live().size();
        }
    }

    @Override
    public List<PreservedDevice> devices() {
        synchronized (lock) {
            return devices.live().stream()
                    .map(slot -> new PreservedDevice(Objects.requireNonNull(DeviceLayout.device(slot)),
                            TOKEN))
                    .toList();
        }
    }

    @Override
    public List<Long> iommus() {
        synchronized (lock) {
            return hardware.live().stream().map(HardwareLayout::token).toList();
        }
    }
}
