package org.liveupdate.providers.iommu.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.api.annotations.ProvidesFlb;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * What iommufds and devices have in common: the IOMMU, its root table, and the page tables of preserved domains, which
 * devices go on translating through while no generation is in charge.
 */
@Component(service = Flb.class)
@ProvidesFlb(compatible = PreservedIommu.COMPATIBLE)
public final class IommuFlb implements Flb<PreservedIommu> {

    /** How to ask for it. */
    static final FlbKey<PreservedIommu> KEY = new FlbKey<>(PreservedIommu.COMPATIBLE, PreservedIommu.class);

    /** What an operator can do where the original panics. */
    static final String ACTION = "nothing was changed or freed, devices go on with DMA: stop them, "
            + "then discard the state or switch the machine off";

    private final Iommu iommu;

    /** Called by DS. */
    @Activate
    public IommuFlb(BundleContext context) {
        this(Activator.shared(context));
    }

    IommuFlb(Iommu iommu) {
        this.iommu = iommu;
    }

    @Override
    public Preserved<PreservedIommu> preserve(FlbContext context) throws LiveUpdateException {
        PreservedState state = PreservedState.create(iommu, context.memory());
        return new Preserved<>(state.address(), state);
    }

    @Override
    public void unpreserve(FlbContext context, long data, PreservedIommu object) {
        end(context, object);
    }

    /** Where the original panics, this fails, says so as a fatal condition, and leaves everything as it is. */
    @Override
    public PreservedIommu retrieve(FlbContext context, long data) throws LiveUpdateException {
        iommu.pages().pool(context.pool());
        StateReader reader = new StateReader(iommu.pages(), context.memory());
        try {
            PreservedState state = reader.read(iommu, data, context.side() == Side.INCOMING);
            iommu.transfers().adopt(state, reader, context.reason() == Reason.HANDOVER);
            return state;
        } catch (UntrustedException e) {
            context.memory().blocks().forEach(block -> iommu.pages().forget(block.address()));
            iommu.fatal().report(e.subject(), e.getMessage(), ACTION);
            throw new LiveUpdateException(Errno.EINVAL,
                    "translations cannot be trusted: " + e.subject() + ": " + e.getMessage() + "; " + ACTION);
        }
    }

    @Override
    public void finish(FlbContext context, long data, PreservedIommu object) {
        end(context, object);
    }

    /** Iommufds have taken their domains out before. One that is left without devices goes with the state. */
    private void end(FlbContext context, PreservedIommu object) {
        try {
            iommu.transfers().forget((PreservedState) object);
            Scope scope = context.memory();
            scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
        } catch (UntrustedException e) {
            iommu.fatal().report(e.subject(), e.getMessage(), ACTION);
            throw new IllegalStateException(e.subject() + ": " + e.getMessage(), e);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public long freeze(FlbContext context, long data, PreservedIommu object) throws LiveUpdateException {
        iommu.transfers().suspend((PreservedState) object);
        return data;
    }

    @Override
    public void unfreeze(FlbContext context, long data, PreservedIommu object) {
        iommu.transfers().resume();
        iommu.settle();
    }

    @Override
    public void detach(FlbContext context, long data, PreservedIommu object) {
        try {
            iommu.transfers().leave((PreservedState) object);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
