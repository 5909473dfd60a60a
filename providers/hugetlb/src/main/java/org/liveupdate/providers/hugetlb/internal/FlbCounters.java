package org.liveupdate.providers.hugetlb.internal;

import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hugetlb.HugePages;

/** How a callback of the handler reaches the counters of the FLB. */
final class FlbCounters {

    /** The FLB. */
    static final FlbKey<HugePages> KEY = new FlbKey<>(HugePages.COMPATIBLE, HugePages.class);

    private final CallbackContext context;

    FlbCounters(CallbackContext context) {
        this.context = context;
    }

    /**
     * Counts the pages of a file that is being preserved.
     *
     * @return the epoch of the FLB
     */
    String add(PageSize size, long pages) throws LiveUpdateException {
        try (FlbHandle<HugePages> handle = context.getOutgoing(KEY)) {
            if (!(handle.get() instanceof PreservedPages counters)) {
                throw new LiveUpdateException(Errno.EINVAL, KEY.compatible() + " is not this bundle's FLB: it is a "
                        + handle.get().getClass().getName());
            }
            counters.add(size.bytes(), pages);
            return counters.epoch();
        }
    }

    /** The pages are not preserved after all, or no longer. */
    void remove(PageSize size, long pages) throws LiveUpdateException {
        try (FlbHandle<HugePages> handle = context.getOutgoing(KEY)) {
            handle.get().remove(size.bytes(), pages);
        }
    }

    /** The handover of a file with these pages is over. */
    void removeIncoming(PageSize size, long pages) throws LiveUpdateException {
        try (FlbHandle<HugePages> handle = context.getIncoming(KEY)) {
            handle.get().remove(size.bytes(), pages);
        }
    }
}
