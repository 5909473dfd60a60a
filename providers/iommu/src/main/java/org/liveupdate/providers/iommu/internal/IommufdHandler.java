package org.liveupdate.providers.iommu.internal;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Preserves iommufds: those of their page tables that are marked, with their address spaces and mappings. */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = IommufdLayout.COMPATIBLE, flbs = PreservedIommu.COMPATIBLE)
public final class IommufdHandler implements FileHandler<IommufdFile> {

    private final Iommu iommu;

    /** Called by DS. */
    @Activate
    public IommufdHandler(BundleContext context) {
        this(Activator.shared(context));
    }

    IommufdHandler(Iommu iommu) {
        this.iommu = iommu;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof IommufdFile iommufd && iommufd.iommu() == iommu;
    }

    @Override
    public Preserved<?> preserve(FileContext context, IommufdFile file) throws LiveUpdateException {
        return new IommufdPreserving(context, file).run();
    }

    @Override
    public void unpreserve(FileContext context, IommufdFile file, long data, Object object) {
        end(context, file, data);
    }

    @Override
    public long freeze(FileContext context, IommufdFile file, long data, Object object) {
        synchronized (iommu) {
            file.keeping().frozen(true);
        }
        return data;
    }

    @Override
    public void unfreeze(FileContext context, IommufdFile file, long data, Object object) {
        synchronized (iommu) {
            file.keeping().frozen(false);
        }
    }

    @Override
    public IommufdFile retrieve(FileContext context, long data) throws LiveUpdateException {
        return new IommufdRetrieving(context, iommu, data).run();
    }

    /**
     * The original refuses while a device is attached to a restored domain: its user makes a new page table and moves the
     * device there. Here a restored page table is reclaimed and used on; so what must not be left is a page table that
     * nobody has reclaimed, or a device that no driver has attached again. And it refuses whatever was not retrieved; here
     * that is refused only if a device is attached, for it goes on with DMA.
     */
    @Override
    public boolean canFinish(FileContext context, IommufdFile file, long data, RetrieveStatus status) {
        if (status.retrieved()) {
            return file.tables().stream().filter(PageTableFile::came)
                    .allMatch(table -> table.isReclaimed() && !iommu.hasUnclaimed(table.domain()));
        }
        try {
            return domains(context, data).stream().allMatch(domain -> iommu.devices(domain).isEmpty());
        } catch (LiveUpdateException e) {
            // what devices it has cannot be told, so it may have some
            return false;
        }
    }

    /** The domains of an iommufd that nobody has retrieved. */
    private static List<Domain> domains(FileContext context, long data) throws LiveUpdateException {
        try (FlbHandle<PreservedIommu> handle = context.getIncoming(IommuFlb.KEY)) {
            PreservedState state = IommufdPreserving.state(handle.get());
            List<Domain> domains = new ArrayList<>();
            for (IommufdLayout.Table table : new IommufdRecord(context.memory()).tables(data)) {
                Domain domain = state.domain(table.domain());
                if (domain != null) {
                    domains.add(domain);
                }
            }
            return domains;
        }
    }

    @Override
    public void finish(FileContext context, IommufdFile file, long data, RetrieveStatus status) {
        if (status.retrieved()) {
            end(context, file, data);
            return;
        }
        try {
            List<Domain> domains = domains(context, data);
            synchronized (iommu) {
                domains.forEach(iommu::release);
            }
            iommu.discard(new Discarded(domains, List.of()));
            new IommufdRecord(context.memory()).free(data);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The page tables become ordinary ones; devices do not notice. */
    private void end(FileContext context, IommufdFile file, long data) {
        synchronized (iommu) {
            file.tables().stream().map(PageTableFile::domain).filter(domain -> domain.state != null)
                    .forEach(iommu::release);
            file.keeping().preserved(false);
        }
        try {
            new IommufdRecord(context.memory()).free(data);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void detach(FileContext context, IommufdFile file, long data, Object object) {
        try {
            new IommufdRecord(context.memory()).update(data, file);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            file.leave();
        }
    }

    @Override
    public void hold(IommufdFile file) {
        file.hold();
    }

    @Override
    public void release(IommufdFile file) {
        file.release();
    }
}
