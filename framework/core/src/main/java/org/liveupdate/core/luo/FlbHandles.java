package org.liveupdate.core.luo;

import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** Finds the FLB behind a key and wraps what it gives out into handles: one implementation for both sides. */
final class FlbHandles {
    private final Orchestrator core;

    FlbHandles(Orchestrator core) {
        this.core = core;
    }

    <T> FlbHandle<T> getIncoming(FlbKey<T> key, String holder) throws LiveUpdateException {
        return open(key, Side.INCOMING, holder);
    }

    <T> FlbHandle<T> getOutgoing(FlbKey<T> key, String holder) throws LiveUpdateException {
        return open(key, Side.OUTGOING, holder);
    }

    <T> FlbLock<T> lock(FlbKey<T> key, Side side, String holder) throws LiveUpdateException {
        core.checkEnabled();
        FlbRuntime flb = find(key, side);
        core.exclusive().lock(flb, side);
        try {
            return open(key, side, holder);
        } catch (LiveUpdateException e) {
            core.exclusive().unlock(flb, side);
            throw e;
        }
    }

    private <T> Handle<T> open(FlbKey<T> key, Side side, String holder) throws LiveUpdateException {
        core.checkEnabled();
        FlbRuntime flb = find(key, side);
        Object object = side == Side.INCOMING ? core.incoming().get(flb) : core.outgoing().get(flb);
        if (object != null && !key.type().isInstance(object)) {
            put(flb, side);
            throw new LiveUpdateException(Errno.EINVAL, "the object of " + flb + " is a " + object.getClass().getName()
                    + ", which is no " + key.type().getName() + " in the class space of " + holder
                    + ": both have to import that type from the same bundle");
        }
        return new Handle<>(core, flb, side, key.type(), holder);
    }

    void put(FlbRuntime flb, Side side) throws LiveUpdateException {
        if (side == Side.INCOMING) {
            core.incoming().put(flb);
        } else {
            core.outgoing().put(flb);
        }
    }

    private FlbRuntime find(FlbKey<?> key, Side side) throws LiveUpdateException {
        core.lock().lock();
        try {
            FlbRuntime flb = core.registry().standing(key.compatible());
            if (flb == null) {
                flb = core.unlinked(key.compatible());
            }
            if (flb != null) {
                return flb;
            }
            if (side == Side.INCOMING) {
                core.incoming().checkPresentLocked(key.compatible());
                throw new LiveUpdateException(Errno.ENODEV, "FLB " + key.compatible()
                        + " was handed over, but no bundle provides it now; install and start its provider");
            }
            throw new LiveUpdateException(Errno.ENOENT, "FLB " + key.compatible() + " is not preserved");
        } finally {
            core.lock().unlock();
        }
    }
}
