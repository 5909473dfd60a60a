package org.liveupdate.providers.kvm.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.hugetlb.HugePages;

/** Counts pages of one size, in place of the FLB of another bundle. */
final class CountersFlb implements Flb<HugePages> {

    private record Counter(Region region) implements HugePages {

        @Override
        public long pages(long pageSize) {
            return pageSize == CountingPool.KIB_64 ? region.getLong(0) : 0;
        }

        @Override
        public synchronized void add(long pageSize, long pages) throws LiveUpdateException {
            if (pageSize != CountingPool.KIB_64) {
                throw new LiveUpdateException(Errno.ENOENT, "pages of " + pageSize + " bytes are not counted here");
            }
            region.putLong(0, region.getLong(0) + pages);
        }

        @Override
        public void remove(long pageSize, long pages) throws LiveUpdateException {
            add(pageSize, -pages);
        }
    }

    @Override
    public Preserved<HugePages> preserve(FlbContext context) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(Long.BYTES);
        return new Preserved<>(region.address(), new Counter(region));
    }

    @Override
    public void unpreserve(FlbContext context, long data, HugePages object) {
        try {
            context.memory().unpreserveFree(data);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public HugePages retrieve(FlbContext context, long data) throws LiveUpdateException {
        return new Counter(context.memory().restore(data));
    }

    @Override
    public void finish(FlbContext context, long data, HugePages object) {
        try {
            context.memory().restoreFree(data);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }
}
