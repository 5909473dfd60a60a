package org.liveupdate.core.luo;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** Which thread holds the lock of which FLB, apart for each side. Waiting is bounded by the callback deadline. */
final class Exclusive {
    private final CoreLock lock;
    /** Guarded by the core lock. */
    private final Map<Side, Map<FlbRuntime, Thread>> holders = new EnumMap<>(Side.class);

    Exclusive(CoreLock lock) {
        this.lock = lock;
        for (Side side : Side.values()) {
            holders.put(side, new IdentityHashMap<>());
        }
    }

    void lock(FlbRuntime flb, Side side) throws LiveUpdateException {
        Map<FlbRuntime, Thread> held = holders.get(side);
        lock.lock();
        try {
            if (held.get(flb) == Thread.currentThread() || flb.isServedByMe()) {
                throw new LiveUpdateException(Errno.EDEADLK, "this thread has the lock of " + flb + " already");
            }
            if (!lock.await(() -> !held.containsKey(flb))) {
                throw new LiveUpdateException(Errno.EBUSY, "the lock of " + flb + " is held by thread \""
                        + held.get(flb).getName() + "\" for longer than the callback deadline");
            }
            held.put(flb, Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    void unlock(FlbRuntime flb, Side side) {
        lock.lock();
        try {
            holders.get(side).remove(flb);
            lock.changed();
        } finally {
            lock.unlock();
        }
    }

    boolean isMine(FlbRuntime flb, Side side) {
        lock.lock();
        try {
            return holders.get(side).get(flb) == Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }
}
