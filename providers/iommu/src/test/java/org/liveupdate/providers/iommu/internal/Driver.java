package org.liveupdate.providers.iommu.internal;

import java.util.function.Supplier;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.liveupdate.providers.api.pci.PciAddress;

/** A driver whose files are devices; it does with them what VFIO does, as far as the IOMMU is concerned. */
final class Driver implements FileHandler<Driver.Device> {

    static final String COMPATIBLE = "driver-v1";

    /** An open device. */
    record Device(PciAddress address) {}

    private final Supplier<IommuCore> iommu;
    /** The token that it was told of the iommufd. */
    long iommufd = -1;

    Driver(Supplier<IommuCore> iommu) {
        this.iommu = iommu;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof Device;
    }

    @Override
    public Preserved<?> preserve(FileContext context, Device file) throws LiveUpdateException {
        iommufd = iommu.get().preserveDevice(context, file.address());
        return new Preserved<>(file.address().bdf(), null);
    }

    @Override
    public void unpreserve(FileContext context, Device file, long data, Object object) {
        try {
            iommu.get().unpreserveDevice(context, file.address());
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Device retrieve(FileContext context, long data) {
        return new Device(PciAddress.of(0, (int) data));
    }

    @Override
    public void finish(FileContext context, Device file, long data, RetrieveStatus status) {}
}
