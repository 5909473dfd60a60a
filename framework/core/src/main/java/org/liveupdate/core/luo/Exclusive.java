package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** Which thread holds the lock of which FLB, apart for each side. Waiting is bounded by the callback deadline. */
final class Exclusive {
    private record Hold(Thread thread, Module asker) {}

    private final CoreLock lock;
    /** Guarded by the core lock. */
    private final Map<Side, Map<FlbRuntime, Hold>> holders = new EnumMap<>(Side.class);

    Exclusive(CoreLock lock) {
        this.lock = lock;
        for (Side side : Side.values()) {
            holders.put(side, new IdentityHashMap<>());
        }
    }

    void lock(FlbRuntime flb, Side side, Module asker) throws LiveUpdateException {
        Map<FlbRuntime, Hold> held = holders.get(side);
        lock.lock();
        try {
            if (isMine(held.get(flb)) || flb.isServedByMe()) {
                throw new LiveUpdateException(Errno.EDEADLK, "this thread has the lock of " + flb + " already");
            }
            if (!lock.await(() -> !held.containsKey(flb))) {
                throw new LiveUpdateException(Errno.EBUSY, "the lock of " + flb + " is held by thread \""
                        + held.get(flb).thread().getName() + "\" for longer than the callback deadline");
            }
            held.put(flb, new Hold(Thread.currentThread(), asker));
        } finally {
            lock.unlock();
        }
    }

    void unlock(FlbRuntime flb, Side side) {
        lock.lock();
        try {
            if (isMine(holders.get(side).get(flb))) {
                holders.get(side).remove(flb);
                lock.changed();
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isMine(Hold hold) {
        return hold != null && hold.thread() == Thread.currentThread();
    }

    /** The bundle is gone: its locks are free. The core lock is held. */
    void breakLocked(Module asker) {
        holders.values().forEach(held -> held.values().removeIf(hold -> hold.asker() == asker));
        lock.changed();
    }

    /**
     * The owner of the FLB has left: its locks are free.
     *
     * @return which threads held one, for a report; the core lock is held
     */
    List<String> breakLocked(FlbRuntime flb) {
        List<String> broken = new ArrayList<>();
        for (Map<FlbRuntime, Hold> held : holders.values()) {
            Hold hold = held.remove(flb);
            if (hold != null) {
                broken.add("thread \"" + hold.thread().getName() + "\" of " + hold.asker());
            }
        }
        lock.changed();
        return broken;
    }
}
