package org.liveupdate.providers.kvm.internal;

import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hugetlb.HugePages;

/** How a callback reaches the counters of huge pages, which are another bundle's. */
final class FlbCounters {

    private static final FlbKey<HugePages> KEY = new FlbKey<>(HugePages.COMPATIBLE, HugePages.class);

    private final CallbackContext context;

    FlbCounters(CallbackContext context) {
        this.context = context;
    }

    /** Counts the pages of a file that is being preserved. */
    void add(long pageSize, long pages) throws LiveUpdateException {
        try (FlbHandle<HugePages> handle = context.getOutgoing(KEY)) {
            handle.get().add(pageSize, pages);
        }
    }

    /** The pages are not preserved any longer. */
    void remove(long pageSize, long pages) throws LiveUpdateException {
        try (FlbHandle<HugePages> handle = context.getOutgoing(KEY)) {
            handle.get().remove(pageSize, pages);
        }
    }

    /** The handover of a file with these pages is over. */
    void removeIncoming(long pageSize, long pages) throws LiveUpdateException {
        try (FlbHandle<HugePages> handle = context.getIncoming(KEY)) {
            handle.get().remove(pageSize, pages);
        }
    }
}
