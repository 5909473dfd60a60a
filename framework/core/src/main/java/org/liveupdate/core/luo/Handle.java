package org.liveupdate.core.luo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** A counted handle of either side, with or without the FLB's lock. */
final class Handle<T> implements FlbLock<T> {
    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(Handle.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Orchestrator core;
    private final HandleGate gate;
    private final FlbKey<T> key;
    private final Module asker;
    /** The thread that holds the lock through this handle; null for a plain handle. */
    private final Thread locker;
    /** Set once, by {@link #CLOSED}. */
    private volatile boolean closed;

    Handle(Orchestrator core, HandleGate gate, FlbKey<T> key, Module asker, Thread locker) {
        this.core = core;
        this.gate = gate;
        this.key = key;
        this.asker = asker;
        this.locker = locker;
    }

    /** The live object on the side of a gate; while a handle counts there, it stays. */
    static Object object(HandleGate gate) {
        if (gate.side == Side.OUTGOING) {
            return gate.flb.outgoing.object;
        }
        IncomingFlb live = gate.flb.live;
        return live == null ? null : live.object;
    }

    @Override
    public T get() throws LiveUpdateException {
        Object object = object(gate);
        checkOpen(); // after reading: an owner that leaves revokes the handle before it takes the object away
        return key.type().cast(object);
    }

    @Override
    public void replace(T object) throws LiveUpdateException {
        checkOpen();
        checkLocked();
        core.lock().lock();
        try {
            if (gate.side == Side.OUTGOING) {
                gate.flb.outgoing.object = object;
            } else {
                gate.flb.live.object = object;
            }
            gate.flb.refreshGatesLocked();
        } finally {
            core.lock().unlock();
        }
    }

    @Override
    public void close() throws LiveUpdateException {
        if (closed) {
            return;
        }
        if (gate.flb.isServedByMe()) {
            throw new LiveUpdateException(Errno.EDEADLK, this + " cannot be closed inside a callback of that FLB");
        }
        if (locker != null) {
            checkLocked();
        }
        if (CLOSED.compareAndSet(this, false, true)) {
            if (locker != null) {
                core.exclusive().unlock(gate.flb, gate.side);
            }
            core.handles().leave(gate);
        }
    }

    private void checkOpen() throws LiveUpdateException {
        if (!closed && gate.isRevoked() && gate.flb.isGoing()) {
            throw new LiveUpdateException(Errno.ENODEV, this + " was revoked: the bundle that provided it has left");
        }
        if (closed || gate.isRevoked()) {
            throw new LiveUpdateException(Errno.EBADF, this + " was closed");
        }
    }

    private void checkLocked() throws LiveUpdateException {
        if (locker != Thread.currentThread()) {
            throw new LiveUpdateException(Errno.EPERM, "the lock of " + gate.flb + (locker == null
                    ? " was not taken with this handle" : " is held by thread \"" + locker.getName() + '"'));
        }
    }

    @Override
    public String toString() {
        return "handle of " + asker + " on " + gate.side.name().toLowerCase(java.util.Locale.ROOT) + ' ' + gate.flb;
    }
}
