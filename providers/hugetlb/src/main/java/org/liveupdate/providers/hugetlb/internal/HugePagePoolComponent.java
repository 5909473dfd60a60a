package org.liveupdate.providers.hugetlb.internal;

import java.util.List;
import java.util.function.BiConsumer;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.kho.Pool;
import org.liveupdate.providers.api.hugetlb.HugePagePool;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The pools of huge memfds, for files of other providers. There as soon and as long as the factory is. */
@Component
public final class HugePagePoolComponent implements HugePagePool {

    private final PageCounts counts;
    private final PreservedEpochs incoming;

    /**
     * Called by DS.
     *
     * @param memory not used: that it is there says that this generation is in charge
     */
    @Activate
    public HugePagePoolComponent(BundleContext context, @Reference Pool memory, @Reference LiveUpdate liveUpdate) {
        this(Activator.shared(context), liveUpdate);
    }

    HugePagePoolComponent(Hugetlb hugetlb, LiveUpdate liveUpdate) {
        this.counts = hugetlb.counts();
        this.incoming = new PreservedEpochs(liveUpdate);
    }

    @Override
    public List<Long> pageSizes() {
        return counts.sizes().stream().map(PageSize::bytes).toList();
    }

    @Override
    public void take(long pageSize, long pages) throws ByteFileException {
        if (pages < 0 || !pageSizes().contains(pageSize)) {
            throw new ByteFileException(Errno.EINVAL, "expected 0 or more pages of one of " + counts.sizes()
                    + ", found " + pages + " of " + pageSize + " bytes");
        }
        // asking makes the incoming counters known to the pools
        incoming.read();
        counts.take(PageSize.ofBytes(pageSize), pages);
    }

    @Override
    public void adopt(long pageSize, long pages) {
        ifKnown(pageSize, pages, counts::adopt);
    }

    @Override
    public void giveBack(long pageSize, long pages) {
        ifKnown(pageSize, pages, counts::giveBack);
    }

    private void ifKnown(long pageSize, long pages, BiConsumer<PageSize, Long> change) {
        if (pageSizes().contains(pageSize)) {
            change.accept(PageSize.ofBytes(pageSize), pages);
        }
    }
}
