package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.liveupdate.api.Side;

/**
 * Lets what is in flight come to its end and detaches file after file, newest first, then the FLBs: in a thread of its
 * own, which is left alone when the detach deadline has passed. Use once.
 */
final class Drain implements Detaching.Watch {
    private final Orchestrator core;
    private final CoreLock lock;
    private final List<HandlerRuntime> handlers;
    private final List<FlbRuntime> flbs;
    /** In terms of {@link System#nanoTime}. */
    private final long deadline;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Thread thread;
    /** The deadline has passed: what the thread still does has no effect. Guarded by the core lock. */
    private boolean over;
    /** The file callback that runs, or null. Written by the thread. */
    private volatile ContextBase context;
    /** Whose turn the thread has, or null. Guarded by the core lock. */
    private SessionState session;

    Drain(Orchestrator core, Collection<HandlerRuntime> handlers, Collection<FlbRuntime> flbs, long deadline) {
        this.core = core;
        this.lock = core.lock();
        this.handlers = List.copyOf(handlers);
        this.flbs = new ArrayList<>(flbs);
        Collections.reverse(this.flbs);
        this.deadline = deadline;
    }

    /** Returns when everything is detached, or the deadline has passed. */
    void runInTime() {
        Thread worker = new Thread(this::run, "liveupdate-detach");
        worker.setDaemon(true);
        thread = worker;
        worker.start();
        boolean interrupted = false;
        while (true) {
            try {
                done.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true; // bounded anyway; put back for whoever stops the bundle
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void calling(ContextBase running) {
        context = running;
    }

    @Override
    public boolean mayGoOn() {
        return !over;
    }

    /** Whether everything was detached. */
    boolean isDone() {
        return done.getCount() == 0;
    }

    /** What the thread still does has no effect from now on; the core lock is held. */
    void overLocked() {
        over = true;
        if (session != null) {
            session.turn().revoke(thread);
        }
    }

    /** Ends a callback that has not ended by itself, as far as that is possible; without the core lock. */
    void stop() {
        if (done.getCount() > 0 && thread != null) {
            thread.interrupt();
            ContextBase running = context;
            if (running != null) {
                running.abandon(false);
            }
        }
    }

    private void run() {
        try {
            for (SessionState each : sessions()) {
                if (concerns(each)) {
                    files(each);
                }
            }
            for (FlbRuntime flb : flbs) {
                flb(flb);
            }
        } finally {
            done.countDown();
        }
    }

    /** Newest first, as taking back a freeze does. */
    private List<SessionState> sessions() {
        lock.lock();
        try {
            List<SessionState> all = core.sessions().allLocked();
            Collections.reverse(all);
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a session holds a file of the handlers, or may be about to. */
    private boolean concerns(SessionState each) {
        if (handlers.stream().allMatch(handler -> handler.files() == 0)) {
            return false;
        }
        return each.turn().holder() != null || holdsOneOfThem(each);
    }

    private boolean isOneOfThem(HandlerRuntime handler) {
        return handler != null && handlers.contains(handler);
    }

    private boolean holdsOneOfThem(SessionState each) {
        if (each instanceof OutgoingSession outgoing) {
            for (HeldFile file : outgoing.oldestFirst()) {
                if (handlers.contains(file.handler())) {
                    return true;
                }
            }
            return false;
        }
        return ((IncomingSession) each).oldestFirst().stream().anyMatch(file -> isOneOfThem(file.handler));
    }

    private void files(SessionState each) {
        if (!takeTurn(each)) {
            return; // it is revoked
        }
        try {
            if (each instanceof OutgoingSession outgoing) {
                HeldFile[] files = outgoing.oldestFirst();
                for (int i = files.length - 1; i >= 0; i--) {
                    if (handlers.contains(files[i].handler()) && !files[i].isDetached()) {
                        core.detaching().detach(outgoing, files[i], this);
                    }
                }
            } else {
                IncomingSession incoming = (IncomingSession) each;
                List<IncomingFile> files = new ArrayList<>(incoming.oldestFirst());
                Collections.reverse(files);
                for (IncomingFile file : files) {
                    if (isOneOfThem(file.handler)) {
                        core.detaching().detach(incoming, file, this);
                    }
                }
            }
        } finally {
            giveTurn(each);
        }
    }

    private boolean takeTurn(SessionState each) {
        if (!each.turn().tryTake(deadline)) {
            return false;
        }
        lock.lock();
        try {
            session = each;
            if (over) {
                session = null;
            }
        } finally {
            lock.unlock();
        }
        if (session == null) {
            each.turn().give();
            return false;
        }
        return true;
    }

    private void giveTurn(SessionState each) {
        lock.lock();
        try {
            session = null;
        } finally {
            lock.unlock();
        }
        each.turn().give();
    }

    private void flb(FlbRuntime flb) {
        lock.lock();
        try {
            boolean drained = lock.await(() -> over || flb.serving == null && flb.handles(Side.OUTGOING) == 0
                    && flb.handles(Side.INCOMING) == 0, deadline);
            if (!drained || over) {
                return;
            }
            if (flb.outgoing.isPreserved()) {
                new FlbDetach(core, flb, Side.OUTGOING).callLocked();
            }
            if (!over && flb.live != null) {
                new FlbDetach(core, flb, Side.INCOMING).callLocked();
            }
            if (!over) {
                core.detaching().detachedLocked(flb);
            }
        } finally {
            lock.unlock();
        }
    }
}
