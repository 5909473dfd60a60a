package org.liveupdate.providers.iommu.internal;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.iommu.PreservedDevice;
import org.liveupdate.providers.api.pci.PciAddress;

/** Which device is attached to what. Guarded by the lock of {@link Iommu}. */
final class Attachments {

    private final SortedMap<PciAddress, Attachment> byDevice = new TreeMap<>();

    /** Null if the device is attached to nothing. */
    Attachment get(PciAddress device) {
        return byDevice.get(device);
    }

    void put(PciAddress device, Attachment attachment) {
        byDevice.put(device, attachment);
    }

    void remove(PciAddress device) {
        byDevice.remove(device);
    }

    /** The devices whose attachment is of some kind, by address; a copy. */
    List<PciAddress> devices(Predicate<Attachment> kind) {
        return byDevice.entrySet().stream().filter(entry -> kind.test(entry.getValue())).map(Map.Entry::getKey)
                .toList();
    }

    /** The devices that are attached to a domain, by address; a copy. */
    List<PciAddress> of(Domain domain) {
        return devices(attachment -> attachment.domain == domain);
    }

    /** Whether a domain has devices that no driver has claimed since the live update. */
    boolean hasUnclaimed(Domain domain) {
        return byDevice.values().stream().anyMatch(each -> each.domain == domain && each.isUnclaimed());
    }

    /** The devices that no driver has claimed since the live update. */
    List<PreservedDevice> unclaimed() {
        return devices(Attachment::isUnclaimed).stream()
                .map(device -> new PreservedDevice(device, PreservedState.TOKEN)).toList();
    }

    /** A device is attached to a domain as preserved state says. */
    void restore(PciAddress device, Region slot, PreservedState state) {
        Domain domain = state.domain(DeviceLayout.domain(slot));
        Attachment attachment = byDevice.computeIfAbsent(device, key -> new Attachment(domain));
        if (state.isIncoming()) {
            attachment.incoming = slot;
        } else {
            attachment.outgoing = slot;
        }
    }

    /** What is preserved in a state is not this owner's any more. */
    void forget(PreservedState state) {
        byDevice.values().removeIf(attachment -> attachment.domain.state == state);
        if (state.isIncoming()) {
            byDevice.values().forEach(attachment -> attachment.incoming = null);
        }
    }
}
