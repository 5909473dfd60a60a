package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.ScopeControl;

/**
 * Owners leave, what they preserved stays. Whoever stops a bundle cannot be refused, so this never fails: nobody new is
 * let in, callbacks and handles in flight drain, the provider writes down what is only in its objects, and then
 * everything of it is let go. What outlasts the detach deadline is revoked: data and counts stay as they are.
 *
 * <p>
 * Draining and the provider's {@code detach} happen in a thread of their own, because they may block for ever and the
 * one who stops the bundle may hold locks of the framework.
 */
final class Detaching {
    /** Looks on while a file is detached. */
    interface Watch {
        /** Whether what the callback led to still counts; asked with the core lock held. */
        boolean mayGoOn();

        /** A callback with this context begins, or none runs any more: null. */
        default void calling(ContextBase context) {}
    }

    private final Orchestrator core;
    private final CoreLock lock;
    /** Guarded by the core lock. */
    private final Identities identities;

    Detaching(Orchestrator core, Identities identities) {
        this.core = core;
        this.lock = core.lock();
        this.identities = identities;
    }

    /**
     * Owners leave behind our back. Returns when nothing of them is used any more, at the latest when the detach deadline
     * has passed.
     *
     * @param leavingHandlers
     *            the file handlers that go; nothing happens to those that are gone
     * @param leavingFlbs
     *            the FLBs that go
     */
    void leave(Collection<HandlerRuntime> leavingHandlers, Collection<FlbRuntime> leavingFlbs) {
        List<HandlerRuntime> handlers = leavingHandlers.stream().filter(handler -> !handler.isGone()).toList();
        List<FlbRuntime> flbs = leavingFlbs.stream().filter(flb -> !flb.isGone()).toList();
        handlers.forEach(core.registry()::unregister);
        boolean hopeless = close(handlers, flbs);
        if (isUnused(handlers, flbs)) {
            letGo(handlers, flbs);
            return;
        }
        Departing departing = new Departing(core, handlers, flbs);
        long deadline = System.nanoTime() + (hopeless ? 0 : core.settings().detachPatience().toNanos());
        Drain drain = new Drain(core, handlers, flbs, deadline);
        if (!hopeless) {
            drain.runInTime();
        }
        boolean inTime = drain.isDone();
        List<Run> abandoned = revoke(handlers, flbs, drain);
        abandoned.forEach(Run::revokeMemory);
        letGo(handlers, flbs);
        drain.stop();
        departing.left(inTime);
        core.changed();
    }

    /**
     * Lets nobody new in; returns whether waiting is of no use: this very thread is inside of them, or everything is
     * frozen and may not be changed any more.
     */
    private boolean close(Collection<HandlerRuntime> handlers, Collection<FlbRuntime> flbs) {
        lock.lock();
        try {
            boolean mine = false;
            handlers.forEach(handler -> handler.leaving(true));
            for (FlbRuntime flb : flbs) {
                flb.leaving(true);
                core.registry().unlinkAllLocked(flb);
                flb.refreshGatesLocked();
                mine |= flb.isServedByMe();
            }
            for (SessionState session : core.sessions().allLocked()) {
                mine |= session.turn().isMine();
            }
            return mine || core.phases().phase() != Phases.Phase.RUNNING;
        } finally {
            lock.unlock();
        }
    }

    private boolean isUnused(Collection<HandlerRuntime> handlers, Collection<FlbRuntime> flbs) {
        lock.lock();
        try {
            return handlers.stream().allMatch(handler -> handler.files() == 0)
                    && flbs.stream().noneMatch(FlbRuntime::isUsed);
        } finally {
            lock.unlock();
        }
    }

    private void letGo(Collection<HandlerRuntime> handlers, Collection<FlbRuntime> flbs) {
        lock.lock();
        try {
            handlers.forEach(HandlerRuntime::letGo);
            flbs.forEach(flb -> {
                flb.letGo();
                core.names().touch(flb);
            });
            lock.changed();
        } finally {
            lock.unlock();
        }
    }

    /** Detaches without asking what did not detach in time. */
    private List<Run> revoke(Collection<HandlerRuntime> handlers, Collection<FlbRuntime> flbs, Drain drain) {
        List<Run> abandoned = new ArrayList<>();
        lock.lock();
        try {
            drain.overLocked();
            // From here on a file that a late callback preserves is detached by whoever preserved it.
            handlers.forEach(HandlerRuntime::letGo);
            for (SessionState session : core.sessions().allLocked()) {
                session.turn().holder(); // a volatile read: what was preserved before the turn was given back is seen
                letGoLocked(session, handlers);
            }
            for (FlbRuntime flb : flbs) {
                Run run = flb.serving;
                if (run != null) {
                    core.serving().abandon(run);
                    abandoned.add(run);
                }
                detachedLocked(flb);
                List<String> broken = core.exclusive().breakLocked(flb);
                if (!broken.isEmpty()) {
                    core.journal().write(EventId.LOCK_BROKEN, flb,
                            flb + " has left; its lock was taken from " + broken);
                }
            }
        } finally {
            lock.unlock();
        }
        return abandoned;
    }

    private void letGoLocked(SessionState session, Collection<HandlerRuntime> handlers) {
        if (session instanceof OutgoingSession outgoing) {
            for (HeldFile file : outgoing.oldestFirst()) {
                if (handlers.contains(file.handler()) && letGoLocked(file)) {
                    outgoing.forgetObjects();
                }
            }
        } else {
            for (IncomingFile file : ((IncomingSession) session).oldestFirst()) {
                if (handlers.contains(file.handler)) {
                    letGoLocked(file);
                }
            }
        }
    }

    /** A preserved file's handler writes down what is only in its objects, and lets go; in the session's turn. */
    void detach(OutgoingSession session, HeldFile held, Watch watch) {
        HandlerRuntime handler = held.handler();
        Object file = held.file();
        Object object = held.object();
        FileContextImpl context = FileContextImpl.attaching(core, handler, session, held);
        watch.calling(context);
        core.callbacks().run(handler, session, held.token, Callback.DETACH,
                () -> handler.handler().detach(context, file, held.data(), object));
        ScopeControl scope = context.succeeded();
        watch.calling(null);
        lock.lock();
        try {
            if (!watch.mayGoOn()) {
                return;
            }
            session.forget(held);
            held.scope(scope);
            letGoLocked(held);
        } finally {
            lock.unlock();
        }
        core.callbacks().tell(handler, Callback.DETACH, () -> handler.handler().release(file));
    }

    /** The same for a file that was handed over and perhaps retrieved. */
    void detach(IncomingSession session, IncomingFile file, Watch watch) {
        HandlerRuntime handler = file.handler;
        Object retrieved = file.file;
        ScopeControl scope = file.scope;
        if (retrieved != null) {
            FileContextImpl context = FileContextImpl.attaching(core, handler, session, file);
            watch.calling(context);
            core.callbacks().run(handler, session, file.token, Callback.DETACH,
                    () -> handler.handler().detach(context, retrieved, file.data, null));
            scope = context.succeeded();
            watch.calling(null);
        }
        lock.lock();
        try {
            if (!watch.mayGoOn()) {
                return;
            }
            file.scope = scope;
            letGoLocked(file);
        } finally {
            lock.unlock();
        }
        if (retrieved != null) {
            core.callbacks().tell(handler, Callback.DETACH, () -> handler.handler().release(retrieved));
        }
    }

    /** A callback that outlasted everything has preserved a file for a handler that is gone. */
    void late(OutgoingSession session, HeldFile file) {
        lock.lock();
        try {
            letGoLocked(file);
            session.forgetObjects();
        } finally {
            lock.unlock();
        }
    }

    /** The core keeps nothing of the file's handler any more; false if it did not before. The core lock is held. */
    boolean letGoLocked(HeldFile file) {
        if (file.isDetached()) {
            return false;
        }
        identities.release(file.file(), file.identity());
        file.handler().unhold();
        core.references().unuse(file.handler().module());
        core.openFiles().revokeLocked(file);
        file.detach();
        reset(file.scope());
        return true;
    }

    /** The same on the incoming side: the file waits for a handler. The core lock is held. */
    boolean letGoLocked(IncomingFile file) {
        HandlerRuntime handler = file.handler;
        if (handler == null) {
            return false;
        }
        core.openFiles().revokeLocked(file);
        if (file.file != null) {
            identities.release(file.file, file.identity);
            file.file = null;
            file.identity = null;
            file.detached = true;
        }
        file.failure = null;
        file.handler = null;
        handler.unhold();
        core.references().unuse(handler.module());
        reset(file.scope);
        return true;
    }

    /** The core keeps nothing of the FLB's provider in its life cycles any more. The core lock is held. */
    void detachedLocked(FlbRuntime flb) {
        flb.gates(Side.OUTGOING).revoke();
        flb.gates(Side.INCOMING).revoke();
        OutgoingFlb state = flb.outgoing;
        if (state.isPreserved()) {
            state.state = OutgoingFlb.State.DETACHED;
            state.object = null;
            state.departure = Departure.of(flb.module());
            state.freezes = flb.hasFreeze();
            reset(state.scope);
            core.references().unuse(flb.module());
        }
        IncomingFlb entry = flb.live;
        if (entry != null) {
            entry.state = IncomingFlb.State.DETACHED;
            entry.object = null;
            entry.departure = Departure.of(flb.module());
            entry.owner = null;
            flb.live = null;
            reset(entry.scope);
            core.references().unuse(flb.module());
        }
        flb.refreshGatesLocked();
    }

    /** Every block counts as inherited again, and views that the owner has kept end. Does nothing for null. */
    void reset(ScopeControl scope) {
        if (scope != null) {
            try {
                scope.reset();
            } catch (KhoException e) {
                // A callback that was given up has not returned: its scope is reset when its memory is revoked.
                if (e.reason() != KhoException.Reason.INVALID) {
                    throw e;
                }
            }
        }
    }
}
