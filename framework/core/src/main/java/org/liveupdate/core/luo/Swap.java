package org.liveupdate.core.luo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * One swap: gate, drain, detach, attach, commit; or back to where it was. Whoever wants something of the old owner
 * meanwhile waits. Use once.
 */
final class Swap {
    private final Orchestrator core;
    private final CoreLock lock;
    private final Module old;
    private final Map<HandlerRuntime, HandlerRuntime> handlers;
    private final Map<FlbRuntime, FlbRuntime> flbs;
    private final List<SessionState> taken = new ArrayList<>();
    /** What keeps others away from each FLB. */
    private final List<Run> runs = new ArrayList<>();
    /** What has been detached, newest first. */
    private final Deque<Replacement> detached = new ArrayDeque<>();

    Swap(Orchestrator core, Module old, Map<HandlerRuntime, HandlerRuntime> handlers,
            Map<FlbRuntime, FlbRuntime> flbs) {
        this.core = core;
        this.lock = core.lock();
        this.old = old;
        this.handlers = handlers;
        this.flbs = flbs;
    }

    void run() throws LiveUpdateException {
        try {
            takeTurns();
            gate();
            replace();
        } finally {
            open();
        }
        flbs.values().forEach(core.outgoing()::attach);
        flbs.values().forEach(core.incoming()::ownerArrived);
        handlers.values().forEach(core.attaching()::arrived);
        core.sessions().bindWaiting();
        core.changed();
    }

    /** Nobody changes a session while files change their handlers. */
    private void takeTurns() throws LiveUpdateException {
        if (handlers.isEmpty()) {
            return;
        }
        List<SessionState> sessions;
        lock.lock();
        try {
            sessions = core.sessions().allLocked();
        } finally {
            lock.unlock();
        }
        for (SessionState session : sessions) {
            session.turn().take(session);
            taken.add(session);
        }
    }

    /** Lets nobody in, and waits for those who are. */
    private void gate() throws LiveUpdateException {
        lock.lock();
        try {
            core.phases().checkNotFreezing();
            handlers.keySet().forEach(handler -> handler.replacing(true));
            awaitCallbacks();
            for (FlbRuntime flb : flbs.keySet()) {
                runs.add(core.serving().begin(flb, Callback.DETACH, FlbContextImpl.outgoing(core, flb),
                        () -> core.detaching().detachedLocked(flb)));
            }
            long deadline = System.nanoTime() + core.settings().detachPatience().toNanos();
            if (!lock.await(() -> isDrained() && openFiles().isEmpty(), deadline)) {
                throw new LiveUpdateException(Errno.EBUSY, old + " is not replaced, nothing was changed: handles stay "
                        + "open: " + openHandles());
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitCallbacks() throws LiveUpdateException {
        boolean quiet = false;
        while (!quiet) {
            quiet = true;
            for (FlbRuntime flb : flbs.keySet()) {
                if (flb.serving != null) {
                    core.serving().awaitTurn(flb);
                    quiet = false; // while we waited, another may have begun
                }
            }
        }
    }

    private boolean isDrained() {
        return flbs.keySet().stream()
                .allMatch(flb -> flb.handles(Side.OUTGOING) == 0 && flb.handles(Side.INCOMING) == 0);
    }

    private List<String> openFiles() {
        List<String> open = new ArrayList<>();
        for (SessionState session : taken) {
            if (session instanceof OutgoingSession outgoing) {
                for (HeldFile file : outgoing.oldestFirst()) {
                    if (handlers.containsKey(file.handler())) {
                        open.addAll(core.openFiles().holdersLocked(file));
                    }
                }
            } else {
                for (IncomingFile file : ((IncomingSession) session).oldestFirst()) {
                    if (handlers.containsKey(file.handler)) {
                        open.addAll(core.openFiles().holdersLocked(file));
                    }
                }
            }
        }
        return open;
    }

    private List<String> openHandles() {
        List<String> open = openFiles();
        for (FlbRuntime flb : flbs.keySet()) {
            for (Side side : Side.values()) {
                flb.gates(side).holders().forEach(holder -> open.add(flb.compatible() + " by " + holder));
            }
        }
        return open;
    }

    private void replace() throws LiveUpdateException {
        try {
            List<Replacement> files = files();
            for (int i = files.size() - 1; i >= 0; i--) {
                detach(files.get(i));
            }
            for (Replacement flb : flbs()) {
                detach(flb);
            }
            for (Replacement each : detached) {
                each.attach(); // in reverse: what was detached last comes first, so FLBs before files
            }
            commit();
        } catch (LiveUpdateException e) {
            detached.forEach(Replacement::back);
            // What the watchdog gave up is the old owner's again.
            flbs.keySet().forEach(core.outgoing()::attach);
            flbs.keySet().forEach(core.incoming()::ownerArrived);
            throw e;
        }
    }

    private void detach(Replacement replacement) throws LiveUpdateException {
        replacement.detach();
        detached.push(replacement);
        checkInTime();
    }

    /** A callback that took too long was given up, and others were let in again. */
    private void checkInTime() throws LiveUpdateException {
        lock.lock();
        try {
            if (runs.stream().anyMatch(Run::isAbandoned)) {
                throw new LiveUpdateException(Errno.ETIMEDOUT,
                        old + " is not replaced: a callback outlasted the callback deadline");
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Replacement> flbs() {
        List<Replacement> all = new ArrayList<>();
        flbs.forEach((flb, next) -> {
            if (flb.outgoing.isPreserved()) {
                all.add(FlbReplacement.outgoing(core, flb, next));
            }
            if (flb.live != null) {
                all.add(FlbReplacement.incoming(core, flb, next));
            }
        });
        return all;
    }

    private List<Replacement> files() {
        List<Replacement> all = new ArrayList<>();
        for (SessionState session : taken) {
            if (session instanceof OutgoingSession outgoing) {
                for (HeldFile file : outgoing.oldestFirst()) {
                    if (handlers.containsKey(file.handler()) && !file.isDetached()) {
                        all.add(new HeldFileReplacement(core, outgoing, file, handlers.get(file.handler())));
                    }
                }
            } else {
                IncomingSession incoming = (IncomingSession) session;
                for (IncomingFile file : incoming.oldestFirst()) {
                    if (handlers.containsKey(file.handler)) {
                        all.add(new IncomingFileReplacement(core, incoming, file, handlers.get(file.handler)));
                    }
                }
            }
        }
        return all;
    }

    private void commit() throws LiveUpdateException {
        checkInTime();
        lock.lock();
        try {
            detached.forEach(Replacement::commitLocked);
            flbs.forEach((before, after) -> {
                if (before.outgoing.isDetached()) {
                    core.outgoing().inheritLocked(before, after); // the old owner could not attach it either
                }
            });
            flbs.forEach(core.registry()::replaceLocked);
            handlers.forEach(core.registry()::replaceLocked);
            flbs.keySet().forEach(FlbRuntime::letGo);
            handlers.keySet().forEach(HandlerRuntime::letGo);
        } finally {
            lock.unlock();
        }
    }

    /** Everybody is let in again, whoever is in charge now. */
    private void open() {
        lock.lock();
        try {
            handlers.keySet().forEach(handler -> handler.replacing(false));
            for (Run run : runs) {
                if (!run.isAbandoned()) {
                    core.serving().endQuietly(run.flb);
                }
            }
            lock.changed();
        } finally {
            lock.unlock();
        }
        taken.forEach(session -> session.turn().give());
        lock.lock();
        try {
            flbs.forEach((before, after) -> {
                core.serving().settle(before);
                after.refreshGatesLocked();
                core.serving().settle(after);
            });
        } finally {
            lock.unlock();
        }
    }
}
