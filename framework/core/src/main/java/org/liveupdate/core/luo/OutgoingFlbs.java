package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Side;
import org.liveupdate.core.luo.FlbRuntime.State;
import org.liveupdate.kho.ScopeControl;

/**
 * The outgoing life cycle of FLBs: preserved with the first file, unpreserved when no file and no handle is left. The
 * transition table stands at {@link FlbRuntime}.
 *
 * <p>
 * Methods named {@code ...Locked} want the core lock held and may give it up while a callback runs.
 */
final class OutgoingFlbs {
    private final Orchestrator core;
    private final CoreLock lock;

    OutgoingFlbs(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
    }

    /** A file depends on the FLB from now on; preserves it if it is the first. */
    void acquireLocked(FlbRuntime flb) throws LiveUpdateException {
        core.serving().awaitTurn(flb);
        if (flb.module().isGoing()) {
            throw new LiveUpdateException(Errno.ENODEV, flb + " takes no new files: its bundle is going away");
        }
        FlbRuntime standing = flb.stands ? flb : core.registry().standing(flb.compatible());
        if (standing != null && standing != flb) {
            throw new LiveUpdateException(Errno.EEXIST, flb + " takes no new files: " + standing.module()
                    + " stands for this name now");
        }
        if (flb.state != State.PRESERVED) {
            preserveLocked(flb);
        } else if (++flb.files == 1) {
            flb.refreshGatesLocked();
        }
    }

    private void preserveLocked(FlbRuntime flb) throws LiveUpdateException {
        core.references().use(flb.module());
        flb.state = State.PRESERVING;
        flb.preserveCalls++;
        FlbContextImpl context = FlbContextImpl.outgoing(core, flb);
        Run run = core.serving().begin(flb, Callback.PRESERVE, context, () -> notPreserved(flb));
        lock.unlock();
        Preserved<Object> result = null;
        LiveUpdateException failure = null;
        try {
            result = core.callbacks().call(flb, Callback.PRESERVE, () -> flb.flb().preserve(context));
            if (result == null) {
                failure = new LiveUpdateException(Errno.EIO, flb + ": preserve returned null");
            }
        } catch (LiveUpdateException e) {
            failure = e;
        }
        ScopeControl scope = failure == null ? context.succeeded() : context.failed();
        lock.lock();
        if (run.isAbandoned()) {
            core.serving().settle(flb);
            throw run.lateness();
        }
        flb.scope = scope;
        if (failure == null) {
            flb.state = State.PRESERVED;
            flb.files = 1;
            flb.data = result.data();
            flb.object = result.object();
        } else {
            notPreserved(flb);
        }
        core.serving().end(flb);
        if (failure != null) {
            throw failure;
        }
    }

    private void notPreserved(FlbRuntime flb) {
        flb.state = State.IDLE;
        core.references().unuse(flb.module());
    }

    /** A file let go of the FLB; unpreserves it if nothing is left. */
    void releaseLocked(FlbRuntime flb) {
        if (--flb.files == 0) {
            flb.refreshGatesLocked();
            settleLocked(flb);
        }
    }

    /** Hands out the object, with a handle of the bundle counted, after a look at the life cycle. */
    HandleGate get(FlbRuntime flb, Holder holder) throws LiveUpdateException {
        core.checkEnabled();
        lock.lock();
        try {
            core.serving().awaitTurn(flb);
            if (flb.state != State.PRESERVED) {
                throw new LiveUpdateException(Errno.ENOENT, flb + " is not preserved: no file depends on it now");
            }
            if (flb.object == null) {
                throw new LiveUpdateException(Errno.ENOENT, flb + " is preserved without an object");
            }
            if (flb.module().isGoing()) {
                throw new LiveUpdateException(Errno.ENODEV, flb + " gives out no handles: its bundle is going away");
            }
            HandleGate gate = holder.gateLocked(flb, Side.OUTGOING);
            gate.enter();
            return gate;
        } finally {
            lock.unlock();
        }
    }

    /** Unpreserves the FLB if nothing is left, waiting for a callback of it that runs in another thread. */
    void settleLocked(FlbRuntime flb) {
        if (!flb.wantsUnpreserve() || flb.isServedByMe()) {
            return; // if this thread is inside a callback of the FLB, the end of that callback settles
        }
        // Should the other callback outlast the deadline, whoever ends it settles.
        if (lock.await(() -> flb.serving == null) && flb.wantsUnpreserve()) {
            unpreserveLocked(flb);
        }
    }

    private void unpreserveLocked(FlbRuntime flb) {
        flb.state = State.UNPRESERVING;
        flb.unpreserveCalls++;
        FlbContextImpl context = FlbContextImpl.outgoing(core, flb);
        Run run = core.serving().begin(flb, Callback.UNPRESERVE, context, () -> unpreserved(flb));
        long data = flb.data;
        Object object = flb.object;
        lock.unlock();
        core.callbacks().run(flb, Callback.UNPRESERVE, () -> flb.flb().unpreserve(context, data, object));
        context.ended();
        lock.lock();
        if (!run.isAbandoned()) {
            unpreserved(flb);
            core.serving().end(flb);
        } else {
            core.serving().settle(flb);
        }
    }

    private void unpreserved(FlbRuntime flb) {
        flb.state = State.IDLE;
        flb.data = 0;
        flb.object = null;
        flb.scope = null;
        core.references().unuse(flb.module());
    }
}
