package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.ScopeControl;

/** One side of an FLB in a swap: the two life cycles differ in where they are kept. */
abstract class FlbReplacement implements Replacement {
    private final Orchestrator core;
    private final FlbRuntime old;
    private final FlbRuntime next;
    /** What the new owner retrieved, which may be null. */
    private Object retrieved;
    private boolean attached;

    FlbReplacement(Orchestrator core, FlbRuntime old, FlbRuntime next) {
        this.core = core;
        this.old = old;
        this.next = next;
    }

    /** What is preserved, or was handed over. */
    static FlbReplacement outgoing(Orchestrator core, FlbRuntime old, FlbRuntime next) {
        OutgoingFlb state = old.outgoing;
        return new FlbReplacement(core, old, next) {
            @Override
            FlbContextImpl context(FlbRuntime flb) {
                return FlbContextImpl.attaching(core, flb, state);
            }

            @Override
            long data() {
                return state.data;
            }

            @Override
            Object object() {
                return state.object;
            }

            @Override
            void object(Object object) {
                state.object = object;
            }

            @Override
            void scope(ScopeControl scope) {
                state.scope = scope;
            }

            @Override
            ScopeControl scope() {
                return state.scope;
            }

            @Override
            boolean isDetached() {
                return state.isDetached();
            }

            @Override
            void detached(Departure departure) {
                state.state = OutgoingFlb.State.DETACHED;
                state.departure = departure;
                state.object = null;
            }

            @Override
            void moveLocked() {
                core.outgoing().inheritLocked(old, next);
            }
        };
    }

    /** What was handed over and is live. */
    static FlbReplacement incoming(Orchestrator core, FlbRuntime old, FlbRuntime next) {
        IncomingFlb entry = old.live;
        return new FlbReplacement(core, old, next) {
            @Override
            FlbContextImpl context(FlbRuntime flb) {
                return FlbContextImpl.attaching(core, flb, entry);
            }

            @Override
            long data() {
                return entry.data;
            }

            @Override
            Object object() {
                return entry.object;
            }

            @Override
            void object(Object object) {
                entry.object = object;
            }

            @Override
            void scope(ScopeControl scope) {
                entry.scope = scope;
            }

            @Override
            ScopeControl scope() {
                return entry.scope;
            }

            @Override
            boolean isDetached() {
                return entry.state == IncomingFlb.State.DETACHED;
            }

            @Override
            void detached(Departure departure) {
                entry.state = IncomingFlb.State.DETACHED;
                entry.departure = departure;
                entry.object = null;
                entry.owner = null;
                old.live = null;
            }

            @Override
            void moveLocked() {
                entry.owner = next;
                entry.preservedBy = next.module().owner();
                next.live = entry;
                old.live = null;
            }
        };
    }

    abstract FlbContextImpl context(FlbRuntime flb);

    abstract long data();

    abstract Object object();

    abstract void object(Object object);

    abstract ScopeControl scope();

    abstract void scope(ScopeControl scope);

    /** Whether nobody is its owner. */
    abstract boolean isDetached();

    /** Nobody is its owner any more; the core lock is held. */
    abstract void detached(Departure departure);

    /** The new owner takes the place of the old one; the core lock is held. */
    abstract void moveLocked();

    @Override
    public void detach() {
        letGo(old, object());
    }

    private void letGo(FlbRuntime flb, Object object) {
        FlbContextImpl context = context(flb);
        core.callbacks().run(flb, Callback.DETACH, () -> flb.flb().detach(context, data(), object));
        scope(context.succeeded());
        if (scope() != null) {
            scope().reset();
        }
    }

    @Override
    public void attach() throws LiveUpdateException {
        retrieved = retrieve(next);
        attached = true;
    }

    private Object retrieve(FlbRuntime flb) throws LiveUpdateException {
        FlbContextImpl context = context(flb);
        try {
            Object object = core.callbacks().call(flb, Callback.RETRIEVE, () -> flb.flb().retrieve(context, data()));
            scope(context.succeeded());
            return object;
        } catch (LiveUpdateException e) {
            scope(context.failed());
            throw e;
        }
    }

    @Override
    public void back() {
        if (attached) {
            letGo(next, retrieved);
        }
        if (isDetached()) {
            return; // the watchdog gave the swap up, which retrieves it again when everything else is back
        }
        LiveUpdateException failure = null;
        Object object = null;
        try {
            object = retrieve(old);
        } catch (LiveUpdateException e) {
            failure = e;
        }
        core.lock().lock();
        try {
            object(object);
            if (failure != null) {
                detached(Departure.of(old.module()).failed(failure.getMessage()));
                core.references().unuse(old.module());
            }
        } finally {
            core.lock().unlock();
        }
    }

    @Override
    public void commitLocked() {
        object(retrieved);
        moveLocked();
        core.references().unuse(old.module());
        core.references().use(next.module());
    }

    @Override
    public String toString() {
        return old.toString();
    }
}
