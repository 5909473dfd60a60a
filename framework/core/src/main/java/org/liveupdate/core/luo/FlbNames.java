package org.liveupdate.core.luo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Which FLB object stands for which name.
 *
 * <p>
 * An FLB is <em>used</em> while it is linked or in use. Used FLBs count against the limit and keep their name.
 */
final class FlbNames {
    private final Orchestrator core;
    /** The used FLB of each name, in the order in which they came to be used; guarded by the core lock. */
    private final Map<String, FlbRuntime> used = new LinkedHashMap<>();

    FlbNames(Orchestrator core) {
        this.core = core;
    }

    /** Whether a limit leaves room for what is used; the core lock is held. */
    void checkLimitLocked(int limit) throws LiveUpdateException {
        if (used.size() > limit) {
            throw new LiveUpdateException(Errno.EBUSY, "liveupdate.flb.max cannot be " + limit + " now: " + used.size()
                    + " FLBs are linked or in use");
        }
    }

    /** Whether there is room for one that is not used yet; the core lock is held. */
    void checkRoomLocked(FlbRuntime flb) throws LiveUpdateException {
        FlbRuntime before = used.get(flb.compatible());
        int others = used.size() - (before == flb || before != null && before.isGone() ? 1 : 0);
        if (others >= core.settings().flbLimit()) {
            throw new LiveUpdateException(Errno.ENOSPC, flb + " is refused: " + others
                    + " FLBs are linked or in use, the limit is " + core.settings().flbLimit());
        }
    }

    /** Whether nobody else has the name, or whoever had it left it to this bundle; the core lock is held. */
    void checkNotTakenLocked(FlbRuntime flb) throws LiveUpdateException {
        FlbRuntime other = used.get(flb.compatible());
        if (other != null && other != flb && other.isGone()) {
            core.bindings().check(flb.module(), other.module().owner(), flb);
        } else if (other != null && other != flb) {
            throw new LiveUpdateException(Errno.EEXIST, "FLB " + flb.compatible() + " of " + flb.module()
                    + " is refused: the name is taken by " + other.module());
        }
    }

    /** What an earlier owner left under the name is this one's from now on; the core lock is held. */
    void takeOverLocked(FlbRuntime flb) {
        FlbRuntime before = used.get(flb.compatible());
        if (before != null && before != flb) {
            core.outgoing().inheritLocked(before, flb);
        }
    }

    /** Another FLB takes the place of one, if that stands for the name; the core lock is held. */
    void replaceLocked(FlbRuntime old, FlbRuntime next) {
        if (old.stands) {
            old.stands = false;
            next.stands = true;
            used.put(next.compatible(), next); // in its place
        }
        touch(next);
    }

    /** Brings the table up to date after a change of an FLB; the core lock is held. */
    void touch(FlbRuntime flb) {
        core.changed();
        if (flb.isUsed()) {
            flb.stands = used.putIfAbsent(flb.compatible(), flb) == null || flb.stands;
        } else if (flb.stands) {
            used.remove(flb.compatible());
            flb.stands = false;
        }
    }

    /** The FLB that stands for a name, or null; the core lock is held. */
    FlbRuntime standing(String name) {
        return used.get(name);
    }

    /** The used FLBs; the core lock is held. */
    List<FlbRuntime> used() {
        return List.copyOf(used.values());
    }
}
