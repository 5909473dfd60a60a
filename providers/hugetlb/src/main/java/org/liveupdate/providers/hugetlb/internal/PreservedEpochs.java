package org.liveupdate.providers.hugetlb.internal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hugetlb.HugePages;

/** Which state of the FLB there is at the moment, on either side. */
final class PreservedEpochs {

    /** How the core says that there is none. */
    private static final Set<Errno> NONE = Set.of(Errno.ENODATA, Errno.ENOENT);

    private final LiveUpdate liveUpdate;

    PreservedEpochs(LiveUpdate liveUpdate) {
        this.liveUpdate = liveUpdate;
    }

    /**
     * Asks for both sides: from then on the incoming counters are known to the pools.
     *
     * @return the epochs; empty if it cannot be told, because the FLB is not registered yet, detached, or broken
     */
    Optional<Set<String>> read() {
        Set<String> epochs = new HashSet<>();
        boolean incoming = read(() -> liveUpdate.getIncoming(FlbCounters.KEY), epochs);
        boolean outgoing = read(() -> liveUpdate.getOutgoing(FlbCounters.KEY), epochs);
        return incoming && outgoing ? Optional.of(epochs) : Optional.empty();
    }

    @FunctionalInterface
    private interface Side {
        FlbHandle<HugePages> get() throws LiveUpdateException;
    }

    private static boolean read(Side side, Set<String> epochs) {
        try (FlbHandle<HugePages> handle = side.get()) {
            return handle.get() instanceof PreservedPages pages && epochs.add(pages.epoch());
        } catch (LiveUpdateException e) {
            return NONE.contains(e.errno());
        }
    }
}
