package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.OutgoingFlb.State;
import org.liveupdate.kho.ScopeControl;

/**
 * The outgoing life cycle of FLBs: preserved with the first file, unpreserved when no file and no handle is left. The
 * transition table stands at {@link OutgoingFlb}.
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

    /** A file depends on the FLB from now on; preserves it if it is the first. Returns what the file holds. */
    OutgoingFlb acquireLocked(FlbRuntime linked) throws LiveUpdateException {
        core.serving().awaitTurn(linked);
        FlbRuntime flb = linked.isGone() ? successorOf(linked) : linked;
        OutgoingFlb state = flb.outgoing;
        if (flb.isGoing()) {
            throw new LiveUpdateException(Errno.ENODEV, flb + " takes no new files: "
                    + (state.isDetached() ? "it is " + state.departure : "its bundle is going away"));
        }
        FlbRuntime standing = flb.stands ? flb : core.names().standing(flb.compatible());
        if (standing != null && standing != flb) {
            throw new LiveUpdateException(Errno.EEXIST, flb + " takes no new files: " + standing.module()
                    + " stands for this name now");
        }
        if (state.isPreserved()) {
            if (++state.files == 1) {
                flb.refreshGatesLocked();
            }
        } else if (state.isDetached()) {
            throw new LiveUpdateException(Errno.ENODEV, flb + " takes no new files: it is " + state.departure);
        } else {
            preserveLocked(flb, state);
        }
        return state;
    }

    /** Another bundle took over while this thread waited: the FLB that stands for the name now. */
    private FlbRuntime successorOf(FlbRuntime gone) throws LiveUpdateException {
        FlbRuntime standing = core.names().standing(gone.compatible());
        if (standing == null) {
            throw new LiveUpdateException(Errno.ENODEV, gone + " takes no new files: its bundle has left");
        }
        core.serving().awaitTurn(standing);
        return standing;
    }

    private void preserveLocked(FlbRuntime flb, OutgoingFlb state) throws LiveUpdateException {
        core.references().use(flb.module());
        state.state = State.PRESERVING;
        flb.preserveCalls++;
        FlbContextImpl context = FlbContextImpl.outgoing(core, flb);
        Run run = core.serving().begin(flb, Callback.PRESERVE, context, () -> notPreserved(flb, state));
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
        state.scope = scope;
        if (failure == null) {
            state.state = State.PRESERVED;
            state.files = 1;
            state.data = result.data();
            state.object = result.object();
        } else {
            notPreserved(flb, state);
        }
        core.serving().end(flb);
        if (failure != null) {
            throw failure;
        }
    }

    private void notPreserved(FlbRuntime flb, OutgoingFlb state) {
        state.state = State.IDLE;
        core.references().unuse(flb.module());
    }

    /** A file let go of the FLB; unpreserves it if nothing is left. */
    void releaseLocked(OutgoingFlb state) {
        if (--state.files == 0) {
            state.owner.refreshGatesLocked();
            settleLocked(state);
        }
    }

    /**
     * Hands out the object, with a handle of the bundle counted, after a look at the life cycle.
     *
     * @return null if another FLB came to stand for the name while this thread waited: look again
     */
    HandleGate get(FlbRuntime flb, Holder holder) throws LiveUpdateException {
        core.checkEnabled();
        lock.lock();
        try {
            core.serving().awaitTurn(flb);
            OutgoingFlb state = flb.outgoing;
            if (flb.isGone() && core.names().standing(flb.compatible()) != flb) {
                return null;
            }
            if (state.isDetached()) {
                throw new LiveUpdateException(Errno.ENODEV, flb + " gives out no handles: it is " + state.departure);
            }
            if (!state.isPreserved()) {
                throw new LiveUpdateException(Errno.ENOENT, flb + " is not preserved: no file depends on it now");
            }
            if (state.object == null) {
                throw new LiveUpdateException(Errno.ENOENT, flb + " is preserved without an object");
            }
            if (flb.isGoing()) {
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
    void settleLocked(OutgoingFlb state) {
        if (!state.wantsUnpreserve() || state.owner.isServedByMe()) {
            return; // if this thread is inside a callback of the FLB, the end of that callback settles
        }
        // Should the other callback outlast the deadline, whoever ends it settles.
        if (lock.await(() -> state.owner.serving == null) && state.wantsUnpreserve()) {
            unpreserveLocked(state.owner, state);
        }
    }

    private void unpreserveLocked(FlbRuntime flb, OutgoingFlb state) {
        state.state = State.UNPRESERVING;
        flb.unpreserveCalls++;
        FlbContextImpl context = FlbContextImpl.outgoing(core, flb);
        Run run = core.serving().begin(flb, Callback.UNPRESERVE, context, () -> unpreserved(flb, state));
        long data = state.data;
        Object object = state.object;
        lock.unlock();
        core.callbacks().run(flb, Callback.UNPRESERVE, () -> flb.flb().unpreserve(context, data, object));
        context.ended();
        lock.lock();
        if (!run.isAbandoned()) {
            unpreserved(flb, state);
            core.serving().end(flb);
        } else {
            core.serving().settle(flb);
        }
    }

    private void unpreserved(FlbRuntime flb, OutgoingFlb state) {
        state.clear();
        core.references().unuse(flb.module());
    }

    /**
     * Takes over what an earlier owner left under the name: it is DETACHED until {@link #attach} has succeeded. The core
     * lock is held.
     */
    void inheritLocked(FlbRuntime from, FlbRuntime to) {
        OutgoingFlb state = from.outgoing;
        from.outgoing = new OutgoingFlb(from.compatible(), from);
        state.owner = to;
        to.outgoing = state;
        core.names().touch(from);
        core.names().touch(to);
    }

    /** Whether the FLB has what an earlier owner left, and may retrieve it now. */
    boolean waitsFor(FlbRuntime flb) {
        lock.lock();
        try {
            return waitsForLocked(flb);
        } finally {
            lock.unlock();
        }
    }

    private static boolean waitsForLocked(FlbRuntime flb) {
        return flb.outgoing.isDetached() && !flb.isGoing() && !flb.isServedByMe();
    }

    /** The FLB has what an earlier owner left: it retrieves that, and unpreserves it if no file needs it any more. */
    void attach(FlbRuntime flb) {
        lock.lock();
        try {
            if (!waitsForLocked(flb)) {
                return;
            }
            core.serving().awaitTurn(flb);
            if (waitsForLocked(flb)) {
                OutgoingFlb state = flb.outgoing;
                attachLocked(flb, state);
                core.journal().write(EventId.ATTACHED, flb, flb + " took over what was preserved");
                settleLocked(state);
            }
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.ATTACH_FAILED, flb, e.errno(), flb + " could not take over what was "
                    + "preserved: " + e.getMessage() + "; it stays preserved and detached");
        } finally {
            lock.unlock();
        }
    }

    private void attachLocked(FlbRuntime flb, OutgoingFlb state) throws LiveUpdateException {
        core.references().use(flb.module());
        state.state = State.ATTACHING;
        FlbContextImpl context = FlbContextImpl.attaching(core, flb, state);
        Object recorded = core.recorder().beginPhase();
        Run run = core.serving().begin(flb, Callback.RETRIEVE, context, () -> notAttached(flb, state,
                "retrieve outlasted the callback deadline"));
        long data = state.data;
        lock.unlock();
        Object object = null;
        LiveUpdateException failure = null;
        try {
            object = core.callbacks().call(flb, Callback.RETRIEVE, () -> flb.flb().retrieve(context, data));
        } catch (LiveUpdateException e) {
            failure = e;
        }
        core.recorder().endPhase(recorded, "attach", flb, failure == null ? null : failure.errno());
        ScopeControl scope = failure == null ? context.succeeded() : context.failed();
        lock.lock();
        if (run.isAbandoned()) {
            core.serving().settle(flb);
            throw run.lateness();
        }
        state.scope = scope;
        if (failure == null) {
            attached(state, object);
        } else {
            notAttached(flb, state, failure.getMessage());
        }
        core.serving().end(flb);
        if (failure != null) {
            throw failure;
        }
    }

    /** The present owner has retrieved what is preserved. */
    static void attached(OutgoingFlb state, Object object) {
        state.state = State.PRESERVED;
        state.object = object;
        state.departure = null;
    }

    private void notAttached(FlbRuntime flb, OutgoingFlb state, String failure) {
        state.state = State.DETACHED;
        state.departure = state.departure.failed(failure);
        core.detaching().reset(state.scope);
        core.references().unuse(flb.module());
    }

    /** Gives up what is preserved without an owner and without files. */
    boolean discardLocked(OutgoingFlb state) throws LiveUpdateException {
        if (!state.isDetached() || state.files > 0) {
            return false;
        }
        core.memory().discard(0, state.scope);
        state.clear();
        core.names().touch(state.owner);
        return true;
    }
}
