package org.liveupdate.providers.iommu.internal;

import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Pool;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.liveupdate.providers.api.iommu.PreservedDevice;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.api.pci.PciAddress;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The IOMMU for drivers. */
@Component
public final class IommuCoreComponent implements IommuCore {

    private final Iommu iommu;

    /** Called by DS; the pool says that this generation is in charge. */
    @Activate
    public IommuCoreComponent(BundleContext context, @Reference Pool pool) {
        this(Activator.shared(context));
    }

    IommuCoreComponent(Iommu iommu) {
        this.iommu = iommu;
    }

    @Override
    public long preserveDevice(FileContext context, PciAddress device) throws LiveUpdateException {
        if (!iommu.isTranslated(device)) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP, "no IOMMU is in front of device " + device);
        }
        PageTableFile table = iommu.table(device);
        if (table == null) {
            throw new LiveUpdateException(Errno.ENOENT, "device " + device + " is not attached to a page table");
        }
        if (table.token().isEmpty()) {
            throw new LiveUpdateException(Errno.EINVAL, "device " + device + " is attached to " + table
                    + ", which is not marked to be preserved");
        }
        long token = context.token(table.file());
        try (FlbHandle<PreservedIommu> handle = context.getOutgoing(IommuFlb.KEY)) {
            PreservedState state = IommufdPreserving.state(handle.get());
            KhoErrors.translated(() -> {
                iommu.preserve(device, state);
                return null;
            });
        } catch (LiveUpdateException e) {
            throw e.errno() == Errno.ENOENT ? new LiveUpdateException(Errno.EINVAL, e.getMessage()) : e;
        }
        return token;
    }

    @Override
    public void unpreserveDevice(FileContext context, PciAddress device) throws LiveUpdateException {
        KhoErrors.translated(() -> {
            iommu.unpreserve(device);
            return null;
        });
    }

    @Override
    public boolean isPreserved(PciAddress device) {
        return iommu.isPreserved(device);
    }

    @Override
    public List<PreservedDevice> incoming() throws LiveUpdateException {
        iommu.askForIncoming();
        return iommu.unclaimed();
    }

    @Override
    public Translation translate(PciAddress device, long iova, boolean write) throws LiveUpdateException {
        iommu.ready(device);
        return iommu.translate(device, iova, write);
    }

    @Override
    public long faults() {
        return iommu.faults();
    }
}
