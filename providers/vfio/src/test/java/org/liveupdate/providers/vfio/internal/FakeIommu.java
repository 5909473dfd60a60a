package org.liveupdate.providers.vfio.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.liveupdate.providers.api.iommu.PreservedDevice;
import org.liveupdate.providers.api.pci.PciAddress;

/** An IOMMU that knows who is attached and who is preserved, and that fails on demand. */
final class FakeIommu implements IommuCore {

    final Map<PciAddress, Table> attached = new TreeMap<>();
    final Set<PciAddress> preserved = new TreeSet<>();
    private final List<String> calls;
    /** With what preserving fails, or null. */
    Errno failure;

    FakeIommu(List<String> calls) {
        this.calls = calls;
    }

    Table table() {
        return new Table();
    }

    @Override
    public long preserveDevice(FileContext context, PciAddress device) throws LiveUpdateException {
        calls.add("iommu.preserve");
        if (failure != null) {
            throw new LiveUpdateException(failure, "test");
        }
        if (!attached.containsKey(device)) {
            throw new LiveUpdateException(Errno.ENOENT, device + " is not attached");
        }
        preserved.add(device);
        return 1;
    }

    @Override
    public void unpreserveDevice(FileContext context, PciAddress device) {
        calls.add("iommu.unpreserve");
        preserved.remove(device);
    }

    @Override
    public boolean isPreserved(PciAddress device) {
        return preserved.contains(device);
    }

    @Override
    public List<PreservedDevice> incoming() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Translation translate(PciAddress device, long iova, boolean write) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long faults() {
        throw new UnsupportedOperationException();
    }

    /** A page table of this IOMMU. */
    final class Table implements HardwarePageTable {

        /** With what detaching fails, or null. */
        Errno detachFailure;
        /** With what attaching fails, or null. */
        Errno attachFailure;

        @Override
        public int id() {
            return 1;
        }

        @Override
        public IoAddressSpace addressSpace() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void preserve(long token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalLong token() {
            return OptionalLong.empty();
        }

        @Override
        public void attach(PciAddress device) throws LiveUpdateException {
            if (attachFailure != null) {
                throw new LiveUpdateException(attachFailure, "test");
            }
            attached.put(device, this);
        }

        @Override
        public void detach(PciAddress device) throws LiveUpdateException {
            if (detachFailure != null) {
                throw new LiveUpdateException(detachFailure, "test");
            }
            attached.remove(device, this);
        }

        @Override
        public List<PciAddress> devices() {
            return new ArrayList<>(attached.keySet());
        }

        @Override
        public void destroy() {}
    }
}
