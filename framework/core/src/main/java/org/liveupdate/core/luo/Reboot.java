package org.liveupdate.core.luo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.Phases.Phase;
import org.liveupdate.kho.ScopeControl;

/**
 * Freezes everything for a live update: sessions in order of creation, their files oldest first, then the FLBs; and
 * takes it back in exact reverse. Nobody can change a session then, and {@link Serialization} says what there is.
 */
final class Reboot {
    private final Orchestrator core;
    private final CoreLock lock;
    private final Blockers blockers;
    /** How to unfreeze what is frozen, newest first; used by the thread that reboots, or takes back, only. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    Reboot(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
        this.blockers = new Blockers(core);
    }

    /**
     * Freezes everything; on failure everything is unfrozen again.
     *
     * @param last
     *            whether this generation ends in any case, without a successor. Then nothing waits for those who are not
     *            there or do not come to an end: what they have preserved goes along as it is. Incoming sessions may hold
     *            unfinished files, which are detached and go along, too.
     */
    void freeze(boolean last) throws LiveUpdateException {
        core.phases().checkNotFrozen();
        List<SessionState> sessions = begin(last);
        List<SessionState> taken = new ArrayList<>();
        Object recorded = core.recorder().beginPhase();
        core.timeline().freezes();
        Errno failure = null;
        try {
            take(sessions, taken, last);
            freezeFiles(taken, last);
            freezeFlbs(last);
            if (last) {
                new Leaving(core).detachIncoming(taken);
            }
            core.phases().enter(Phase.FROZEN, null);
        } catch (LiveUpdateException e) {
            failure = e.errno();
            unfreezeAll();
            core.phases().enter(Phase.RUNNING, null);
            throw e;
        } finally {
            taken.forEach(session -> session.turn().give());
            core.recorder().endPhase(recorded, "freeze", null, failure);
        }
    }

    private void take(List<SessionState> sessions, List<SessionState> taken, boolean last) throws LiveUpdateException {
        long deadline = System.nanoTime() + core.settings().detachPatience().toNanos();
        for (SessionState session : sessions) {
            if (!last) {
                session.turn().take(session);
            } else if (!session.turn().tryTake(deadline)) {
                core.journal().write(EventId.GOES_ALONG, session, Errno.EBUSY,
                        session + " goes along as it is: a call that changes it has not ended in time");
                continue;
            }
            taken.add(session);
        }
    }

    private List<SessionState> begin(boolean last) throws LiveUpdateException {
        lock.lock();
        try {
            core.phases().checkNotFrozen();
            core.phases().checkNotFreezing();
            if (!last) {
                checkOutsideOfSessions();
                checkNothingBlocks();
            }
            core.phases().enter(Phase.FREEZING, Thread.currentThread());
            return core.sessions().allLocked();
        } finally {
            lock.unlock();
        }
    }

    private void checkNothingBlocks() throws LiveUpdateException {
        List<String> found = blockers.listLocked();
        if (!found.isEmpty()) {
            throw new LiveUpdateException(Errno.EBUSY, "a live update is refused: " + String.join("; ", found));
        }
        for (FlbRuntime flb : core.names().used()) {
            OutgoingFlb state = flb.outgoing;
            if (state.isDetached() && state.files == 0) {
                core.journal().write(EventId.ENDS_HERE, state, state + " is " + state.departure
                        + "; no file depends on it any more, and its memory ends with this generation");
            }
        }
    }

    /** What would refuse a live update now, and what it would wait for: one sentence each. */
    List<String> blockers() {
        lock.lock();
        try {
            List<String> all = new ArrayList<>(blockers.listLocked());
            all.addAll(blockers.busyLocked());
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void checkOutsideOfSessions() throws LiveUpdateException {
        for (SessionState session : core.sessions().allLocked()) {
            if (session.turn().isMine()) {
                throw new LiveUpdateException(Errno.EDEADLK,
                        "a live update cannot begin inside an operation on the " + session);
            }
        }
    }

    private void freezeFiles(List<SessionState> taken, boolean last) throws LiveUpdateException {
        for (SessionState each : taken) {
            if (each instanceof OutgoingSession session) {
                for (HeldFile file : session.oldestFirst()) {
                    if (!file.isDetached()) { // else what was written when it was detached goes along
                        freeze(session, file, last);
                    }
                }
            }
        }
    }

    /** Nobody can refuse that this generation ends: what was preserved goes along then. */
    private void refused(Object what, LiveUpdateException refusal, boolean last) throws LiveUpdateException {
        if (!last) {
            throw refusal;
        }
        core.journal().write(EventId.GOES_ALONG, what, refusal.errno(),
                what + " goes along as it was preserved: " + refusal.getMessage());
    }

    private void freeze(OutgoingSession session, HeldFile file, boolean last) throws LiveUpdateException {
        FileContextImpl context = FileContextImpl.outgoing(core, session, file);
        try {
            file.data(core.callbacks().call(file.handler(), session, file.token, Callback.FREEZE,
                    () -> file.handler().handler().freeze(context, file.file(), file.data(), file.object())));
            file.scope(context.succeeded());
            undo.push(() -> unfreeze(session, file));
        } catch (LiveUpdateException e) {
            file.scope(context.failed());
            refused("file " + file.token + " of " + session, e, last);
        }
    }

    private void unfreeze(OutgoingSession session, HeldFile file) {
        FileContextImpl context = FileContextImpl.outgoing(core, session, file);
        core.callbacks().run(file.handler(), session, file.token, Callback.UNFREEZE,
                () -> file.handler().handler().unfreeze(context, file.file(), file.data(), file.object()));
        file.scope(context.succeeded());
    }

    private void freezeFlbs(boolean last) throws LiveUpdateException {
        for (FlbRuntime flb : preserved()) {
            try {
                freeze(flb);
                undo.push(() -> unfreeze(flb));
            } catch (LiveUpdateException e) {
                refused(flb, e, last);
            }
        }
    }

    private void freeze(FlbRuntime flb) throws LiveUpdateException {
        Run run = begin(flb, Callback.FREEZE);
        FlbContextImpl context = (FlbContextImpl) run.context;
        try {
            long data = core.callbacks().call(flb, Callback.FREEZE,
                    () -> flb.flb().freeze(context, flb.outgoing.data, flb.outgoing.object));
            end(run, data, context.succeeded());
        } catch (LiveUpdateException e) {
            end(run, flb.outgoing.data, context.failed());
            throw e;
        }
        if (run.isAbandoned()) {
            throw run.lateness();
        }
    }

    private void unfreeze(FlbRuntime flb) {
        Run run;
        try {
            run = begin(flb, Callback.UNFREEZE);
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.CALLBACK_FAILED, flb, e.errno(), flb + " was not unfrozen: " + e.getMessage());
            return;
        }
        FlbContextImpl context = (FlbContextImpl) run.context;
        core.callbacks().run(flb, Callback.UNFREEZE,
                () -> flb.flb().unfreeze(context, flb.outgoing.data, flb.outgoing.object));
        end(run, flb.outgoing.data, context.succeeded());
    }

    private List<FlbRuntime> preserved() {
        lock.lock();
        try {
            return core.names().used().stream()
                    .filter(flb -> flb.outgoing.isPreserved() && flb.outgoing.files > 0)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private Run begin(FlbRuntime flb, Callback callback) throws LiveUpdateException {
        lock.lock();
        try {
            core.serving().awaitTurn(flb);
            return core.serving().begin(flb, callback, FlbContextImpl.outgoing(core, flb), () -> {});
        } finally {
            lock.unlock();
        }
    }

    private void end(Run run, long data, ScopeControl scope) {
        lock.lock();
        try {
            if (!run.isAbandoned()) {
                run.flb.outgoing.data = data;
                run.flb.outgoing.scope = scope;
                core.serving().end(run.flb);
            } else {
                core.serving().settle(run.flb);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The live update did not happen: everything is unfrozen, newest first, and sessions can be changed again. */
    void takeBack() {
        core.phases().enter(Phase.FREEZING, Thread.currentThread());
        unfreezeAll();
        core.phases().enter(Phase.RUNNING, null);
    }

    private void unfreezeAll() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
