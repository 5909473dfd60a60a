package org.liveupdate.providers.vfio.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.pci.PciDevice;

/** A PCI core that knows which devices are preserved, and that fails on demand. */
final class FakePci implements PciCore {

    final Map<PciAddress, PciDevice> devices = new ConcurrentSkipListMap<>();
    final Set<PciAddress> outgoing = new ConcurrentSkipListSet<>();
    final Set<PciAddress> incoming = new ConcurrentSkipListSet<>();
    private final List<String> calls;
    /** With what preserving fails, or null. */
    Errno failure;

    FakePci(List<String> calls) {
        this.calls = calls;
    }

    @Override
    public List<PciDevice> devices() {
        return List.copyOf(devices.values());
    }

    @Override
    public PciDevice device(PciAddress address) throws LiveUpdateException {
        PciDevice device = devices.get(address);
        if (device == null) {
            throw new LiveUpdateException(Errno.ENODEV, address + " is not there");
        }
        return device;
    }

    @Override
    public void preserve(CallbackContext context, PciAddress address) throws LiveUpdateException {
        calls.add("pci.preserve");
        if (failure != null) {
            throw new LiveUpdateException(failure, "test");
        }
        outgoing.add(address);
    }

    @Override
    public void unpreserve(CallbackContext context, PciAddress address) {
        calls.add("pci.unpreserve");
        outgoing.remove(address);
    }

    @Override
    public boolean isPreserved(PciAddress address) {
        return outgoing.contains(address);
    }

    @Override
    public boolean isIncoming(PciAddress address) {
        return incoming.contains(address);
    }

    @Override
    public void finish(CallbackContext context, PciAddress address) {
        calls.add("pci.finish");
        incoming.remove(address);
    }

    @Override
    public Optional<String> driver(PciAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> driverOverride(PciAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void overrideDriver(PciAddress address, String driver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String probe(PciAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bind(PciAddress address, String driver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unbind(PciAddress address) {
        throw new UnsupportedOperationException();
    }
}
