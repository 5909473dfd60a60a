package org.liveupdate.core.luo;

import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * Finds the FLB behind a key and wraps what it gives out into handles: one implementation for both sides. A bundle that
 * has asked before finds its gate open and needs no lock.
 */
final class FlbHandles {
    private final Orchestrator core;

    FlbHandles(Orchestrator core) {
        this.core = core;
    }

    <T> FlbHandle<T> get(FlbKey<T> key, Side side, Module asker) throws LiveUpdateException {
        return new Handle<>(core, enter(key, side, asker), key, asker, null);
    }

    <T> FlbLock<T> lock(FlbKey<T> key, Side side, Module asker) throws LiveUpdateException {
        core.checkEnabled();
        FlbRuntime flb = find(key, side);
        core.exclusive().lock(flb, side, asker);
        try {
            return new Handle<>(core, enter(key, side, asker), key, asker, Thread.currentThread());
        } catch (LiveUpdateException e) {
            core.exclusive().unlock(flb, side);
            throw e;
        }
    }

    private <T> HandleGate enter(FlbKey<T> key, Side side, Module asker) throws LiveUpdateException {
        core.checkEnabled();
        HandleGate gate = asker.holder().last(side, key.compatible());
        if (gate == null || !gate.tryEnter()) {
            gate = look(key, side, asker);
        }
        Object object = Handle.object(gate);
        if (object != null && !key.type().isInstance(object)) {
            leave(gate);
            throw new LiveUpdateException(Errno.EINVAL, "the object of " + gate.flb + " is a "
                    + object.getClass().getName() + ", which is no " + key.type().getName() + " in the class space of "
                    + asker + ": both have to import that type from the same bundle");
        }
        return gate;
    }

    /** Finds the FLB that stands for the name, again if another one came to stand for it meanwhile. */
    private HandleGate look(FlbKey<?> key, Side side, Module asker) throws LiveUpdateException {
        HandleGate gate = null;
        while (gate == null) {
            FlbRuntime flb = find(key, side);
            gate = side == Side.INCOMING ? core.incoming().get(flb, asker.holder())
                    : core.outgoing().get(flb, asker.holder());
        }
        return gate;
    }

    /** A handle is closed; ends the life of the FLB's state if nothing is left. */
    void leave(HandleGate gate) {
        if (gate.leave()) {
            settle(gate);
        }
    }

    private void settle(HandleGate gate) {
        core.lock().lock();
        try {
            core.lock().changed(); // whoever replaces or detaches the FLB may wait for just this handle
            if (gate.side == Side.OUTGOING) {
                core.outgoing().settleLocked(gate.flb.outgoing);
            } else if (gate.flb.live != null) {
                core.incoming().settleLocked(gate.flb.live);
            }
        } finally {
            core.lock().unlock();
        }
    }

    /** A bundle is gone: what it had open is closed for it. */
    void closeAllOf(Module asker) {
        List<HandleGate> revoked;
        core.lock().lock();
        try {
            revoked = asker.holder().revokeAllLocked();
            core.exclusive().breakLocked(asker);
            core.openFiles().closeAllOfLocked(asker);
            core.lock().changed();
        } finally {
            core.lock().unlock();
        }
        revoked.forEach(this::settle);
    }

    private FlbRuntime find(FlbKey<?> key, Side side) throws LiveUpdateException {
        core.lock().lock();
        try {
            FlbRuntime flb = core.names().standing(key.compatible());
            if (flb == null) {
                flb = core.owners().unlinked(key.compatible());
            }
            if (flb != null) {
                return flb;
            }
            if (side == Side.INCOMING) {
                core.incoming().checkAttachedLocked(key.compatible());
                throw new LiveUpdateException(Errno.ENODEV, "FLB " + key.compatible()
                        + " was handed over, but no bundle provides it now; install and start its provider");
            }
            throw new LiveUpdateException(Errno.ENOENT, "FLB " + key.compatible() + " is not preserved");
        } finally {
            core.lock().unlock();
        }
    }
}
