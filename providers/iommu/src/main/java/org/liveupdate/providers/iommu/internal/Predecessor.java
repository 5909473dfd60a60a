package org.liveupdate.providers.iommu.internal;

import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.iommu.PreservedIommu;

/**
 * Has the FLB read what the previous generation or owner left, by asking the core for it. Not to be used with a lock held,
 * nor in a callback of the FLB. Thread safe.
 */
final class Predecessor {

    private static final Set<Errno> NOTHING_LEFT = Set.of(Errno.ENODATA, Errno.ENOENT, Errno.EOPNOTSUPP);

    private final LiveUpdate core;

    Predecessor(LiveUpdate core) {
        this.core = core;
    }

    /**
     * Whether the previous generation left something. It has been read then.
     *
     * @throws LiveUpdateException if it cannot be read
     */
    boolean hasLeft() throws LiveUpdateException {
        return isThere(() -> core.getIncoming(IommuFlb.KEY));
    }

    /**
     * Whether something is preserved for the next generation. Who takes another owner's place has read it then.
     *
     * @throws LiveUpdateException if it cannot be read
     */
    boolean hasPreserved() throws LiveUpdateException {
        return isThere(() -> core.getOutgoing(IommuFlb.KEY));
    }

    @FunctionalInterface
    private interface Question {
        FlbHandle<PreservedIommu> ask() throws LiveUpdateException;
    }

    private static boolean isThere(Question question) throws LiveUpdateException {
        try (FlbHandle<PreservedIommu> handle = question.ask()) {
            return handle != null;
        } catch (LiveUpdateException e) {
            if (NOTHING_LEFT.contains(e.errno())) {
                return false;
            }
            throw e;
        }
    }
}
