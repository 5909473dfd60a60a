package org.liveupdate.providers.hugetlb.internal;

import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Side;
import org.liveupdate.api.annotations.ProvidesFlb;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * How many huge pages of each size preserved files have: so that the next generation knows, before it hands out the first
 * page, how many are in use already.
 */
@Component(service = Flb.class)
@ProvidesFlb(compatible = HugePages.COMPATIBLE)
public final class HugetlbFlb implements Flb<HugePages> {

    private final PageCounts counts;

    /** Called by DS. */
    @Activate
    public HugetlbFlb(BundleContext context) {
        this(Activator.shared(context));
    }

    HugetlbFlb(Hugetlb hugetlb) {
        this.counts = hugetlb.counts();
    }

    @Override
    public Preserved<HugePages> preserve(FlbContext context) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(HugetlbLayout.BYTES);
        return new Preserved<>(region.address(), PreservedPages.create(region, counts.sizes()));
    }

    @Override
    public void unpreserve(FlbContext context, long data, HugePages object) {
        try {
            context.memory().unpreserveFree(data);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public HugePages retrieve(FlbContext context, long data) throws LiveUpdateException {
        HugePages pages = PreservedPages.open(context.memory().restore(data));
        if (context.side() == Side.INCOMING) {
            counts.incoming(pages);
        }
        return pages;
    }

    @Override
    public void finish(FlbContext context, long data, HugePages object) {
        counts.incoming(null);
        try {
            context.memory().restoreFree(data);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void detach(FlbContext context, long data, HugePages object) {
        if (context.side() == Side.INCOMING) {
            counts.incoming(null);
        }
    }
}
