package org.liveupdate.core.luo;

import java.util.concurrent.atomic.AtomicBoolean;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** A counted handle of either side; with a lock if {@link Exclusive} says so. */
final class Handle<T> implements FlbLock<T> {
    private final Orchestrator core;
    private final FlbRuntime flb;
    private final Side side;
    private final Class<T> type;
    private final String holder;
    private final boolean locked;
    private final AtomicBoolean closed = new AtomicBoolean();

    Handle(Orchestrator core, FlbRuntime flb, Side side, Class<T> type, String holder) {
        this.core = core;
        this.flb = flb;
        this.side = side;
        this.type = type;
        this.holder = holder;
        this.locked = core.exclusive().isMine(flb, side);
    }

    @Override
    public T get() throws LiveUpdateException {
        checkOpen();
        core.lock().lock();
        try {
            return type.cast(side == Side.OUTGOING ? flb.object : flb.live == null ? null : flb.live.object);
        } finally {
            core.lock().unlock();
        }
    }

    @Override
    public void replace(T object) throws LiveUpdateException {
        checkOpen();
        checkLockedByMe();
        core.lock().lock();
        try {
            if (side == Side.OUTGOING) {
                flb.object = object;
            } else {
                flb.live.object = object;
            }
        } finally {
            core.lock().unlock();
        }
    }

    @Override
    public void close() throws LiveUpdateException {
        if (closed.get()) {
            return;
        }
        if (locked) {
            checkLockedByMe();
        }
        core.checkNotInside(flb);
        if (closed.compareAndSet(false, true)) {
            if (locked) {
                core.exclusive().unlock(flb, side);
            }
            core.handles().put(flb, side);
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    private void checkOpen() throws LiveUpdateException {
        if (closed.get()) {
            throw new LiveUpdateException(Errno.EBADF, "this handle of " + flb + " was closed");
        }
    }

    private void checkLockedByMe() throws LiveUpdateException {
        if (!core.exclusive().isMine(flb, side)) {
            throw new LiveUpdateException(Errno.EPERM, "the lock of " + flb + " is not held by this thread");
        }
    }

    @Override
    public String toString() {
        return "handle of " + holder + " on " + side.name().toLowerCase(java.util.Locale.ROOT) + ' ' + flb;
    }
}
