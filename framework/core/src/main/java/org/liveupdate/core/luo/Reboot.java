package org.liveupdate.core.luo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.luo.Phases.Phase;
import org.liveupdate.kho.ScopeControl;

/**
 * Freezes everything for a live update: sessions in order of creation, their files oldest first, then the FLBs; and
 * takes it back in exact reverse. The outcome is an {@link ImageModel}; nobody can change a session then.
 */
final class Reboot {
    private final Orchestrator core;
    private final CoreLock lock;
    /** How to unfreeze what is frozen, newest first; used by the thread that reboots, or takes back, only. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    Reboot(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
    }

    /**
     * Freezes everything; on failure everything is unfrozen again.
     *
     * @param unfinished
     *            whether incoming sessions may hold unfinished files: they are detached then, and handed over once more,
     *            because this generation ends without a successor
     */
    void freeze(boolean unfinished) throws LiveUpdateException {
        core.phases().checkNotFrozen();
        List<SessionState> sessions = begin(unfinished);
        List<SessionState> taken = new ArrayList<>();
        try {
            for (SessionState session : sessions) {
                session.turn().take(session);
                taken.add(session);
            }
            freezeFiles();
            freezeFlbs();
            if (unfinished) {
                new Leaving(core).detachIncoming();
            }
            core.phases().enter(Phase.FROZEN, null);
        } catch (LiveUpdateException e) {
            unfreezeAll();
            core.phases().enter(Phase.RUNNING, null);
            throw e;
        } finally {
            taken.forEach(session -> session.turn().give());
        }
    }

    private List<SessionState> begin(boolean unfinished) throws LiveUpdateException {
        lock.lock();
        try {
            core.phases().checkNotFrozen();
            core.phases().checkNotFreezing();
            checkOutsideOfSessions();
            for (IncomingSession session : core.sessions().incomingLocked()) {
                if (session.size() > 0 && !unfinished) {
                    throw new LiveUpdateException(Errno.EBUSY, "a live update is refused: " + session + " holds "
                            + session.size() + " unfinished files; finish it first");
                }
            }
            core.phases().enter(Phase.FREEZING, Thread.currentThread());
            return core.sessions().allLocked();
        } finally {
            lock.unlock();
        }
    }

    private List<OutgoingSession> outgoing() {
        lock.lock();
        try {
            return List.copyOf(core.sessions().outgoingLocked());
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

    private void freezeFiles() throws LiveUpdateException {
        for (OutgoingSession session : outgoing()) {
            for (HeldFile file : session.oldestFirst()) {
                FileContextImpl context = FileContextImpl.outgoing(core, session, file);
                try {
                    file.data(core.callbacks().call(file.handler, Callback.FREEZE,
                            () -> file.handler.handler().freeze(context, file.file, file.data(), file.object)));
                    file.scope(context.succeeded());
                } catch (LiveUpdateException e) {
                    file.scope(context.failed());
                    throw e;
                }
                undo.push(() -> unfreeze(session, file));
            }
        }
    }

    private void unfreeze(OutgoingSession session, HeldFile file) {
        FileContextImpl context = FileContextImpl.outgoing(core, session, file);
        core.callbacks().run(file.handler, Callback.UNFREEZE,
                () -> file.handler.handler().unfreeze(context, file.file, file.data(), file.object));
        file.scope(context.succeeded());
    }

    private void freezeFlbs() throws LiveUpdateException {
        for (FlbRuntime flb : preserved()) {
            Run run = begin(flb, Callback.FREEZE);
            FlbContextImpl context = (FlbContextImpl) run.context;
            try {
                long data = core.callbacks().call(flb, Callback.FREEZE,
                        () -> flb.flb().freeze(context, flb.data, flb.object));
                end(run, data, context.succeeded());
            } catch (LiveUpdateException e) {
                end(run, flb.data, context.failed());
                throw e;
            }
            if (run.isAbandoned()) {
                throw run.lateness();
            }
            undo.push(() -> unfreeze(flb));
        }
    }

    private void unfreeze(FlbRuntime flb) {
        Run run;
        try {
            run = begin(flb, Callback.UNFREEZE);
        } catch (LiveUpdateException e) {
            core.journal().warn(flb + " was not unfrozen: " + e.getMessage());
            return;
        }
        FlbContextImpl context = (FlbContextImpl) run.context;
        core.callbacks().run(flb, Callback.UNFREEZE, () -> flb.flb().unfreeze(context, flb.data, flb.object));
        end(run, flb.data, context.succeeded());
    }

    private List<FlbRuntime> preserved() {
        lock.lock();
        try {
            return core.registry().used().stream()
                    .filter(flb -> flb.state == FlbRuntime.State.PRESERVED && flb.files > 0)
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
                run.flb.data = data;
                run.flb.scope = scope;
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

    /**
     * What the next generation gets; nobody can change it any more.
     *
     * @param unfinished
     *            whether unfinished incoming files go along
     */
    ImageModel image(boolean unfinished) {
        lock.lock();
        try {
            List<ImageModel.FlbEntry> flbs = new ArrayList<>();
            for (FlbRuntime flb : core.registry().used()) {
                if (flb.state == FlbRuntime.State.PRESERVED && flb.files > 0) {
                    flbs.add(new ImageModel.FlbEntry(flb.compatible(), flb.data, flb.files, id(flb.scope),
                            flb.module().name()));
                }
            }
            FlbLists lists = new FlbLists();
            List<ImageModel.SessionEntry> sessions = new ArrayList<>();
            for (OutgoingSession session : core.sessions().outgoingLocked()) {
                sessions.add(entry(session, lists));
            }
            ImageModel outgoing = new ImageModel(core.number() + 1, flbs, sessions);
            return unfinished ? new Leaving(core).withIncomingLocked(outgoing) : outgoing;
        } finally {
            lock.unlock();
        }
    }

    private static ImageModel.SessionEntry entry(OutgoingSession session, FlbLists lists) {
        List<ImageModel.FileEntry> files = new ArrayList<>(session.size());
        for (HeldFile file : session.oldestFirst()) {
            files.add(new ImageModel.FileEntry(file.handler.compatible(), file.data(), file.token,
                    lists.names(file.flbs), id(file.scope()), file.handler.module().name()));
        }
        return new ImageModel.SessionEntry(session.name(), files);
    }

    private static long id(ScopeControl scope) {
        return scope == null ? 0 : scope.id();
    }

    /** Equal lists of FLB names as one object. */
    private static final class FlbLists {
        private final Map<FlbRuntime[], List<String>> known = new IdentityHashMap<>();
        private final Map<List<String>, List<String>> distinct = new HashMap<>();

        List<String> names(FlbRuntime[] flbs) {
            return known.computeIfAbsent(flbs, key -> {
                List<String> names = new ArrayList<>();
                for (FlbRuntime flb : key) {
                    names.add(flb.compatible());
                }
                return distinct.computeIfAbsent(List.copyOf(names), same -> same);
            });
        }
    }
}
