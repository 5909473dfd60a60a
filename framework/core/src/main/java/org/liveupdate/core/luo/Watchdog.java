package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.liveupdate.api.Errno;
import org.liveupdate.core.journal.EventId;

/**
 * Watches callbacks that take long. At half the callback deadline one is reported with the stack of its thread; at the
 * deadline a callback of an FLB is given up: its life cycle goes on without it, and its late result is discarded. (A
 * callback of a file cannot be given up, because its session belongs to the thread that called; others that want the
 * session are told {@code EBUSY}.)
 *
 * <p>
 * Time is counted in ticks of an eighth of the deadline, so that starting a callback costs no look at a clock.
 */
final class Watchdog {
    private static final int TICKS = 8;
    private static final int STACK_DEPTH = 12;

    /** When something began, and whether it was reported as slow. Guarded by whoever owns it. */
    static final class Stopwatch {
        private final long began;
        private boolean reported;

        private Stopwatch(long began) {
            this.began = began;
        }
    }

    private final Orchestrator core;
    private volatile long ticks;
    /** Guarded by this. */
    private ScheduledExecutorService clock;

    Watchdog(Orchestrator core) {
        this.core = core;
    }

    synchronized void start() {
        if (clock == null) {
            long period = Math.max(1, core.settings().patience().toMillis() / TICKS);
            clock = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "liveupdate-watchdog");
                thread.setDaemon(true);
                return thread;
            });
            clock.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
        }
    }

    synchronized void stop() {
        if (clock != null) {
            clock.shutdownNow();
            clock = null;
        }
    }

    /** Another callback deadline; what runs is counted on in the new ticks. */
    synchronized void restart() {
        if (clock != null) {
            stop();
            start();
        }
    }

    Stopwatch stopwatch() {
        return new Stopwatch(ticks);
    }

    long now() {
        return ticks;
    }

    /** An eighth of the callback deadline has passed. */
    void tick() {
        ticks = ticks + 1;
        List<Runnable> reports = new ArrayList<>();
        List<Run> abandoned = new ArrayList<>();
        core.lock().lock();
        try {
            for (FlbRuntime flb : core.names().used()) {
                if (flb.serving != null) {
                    look(flb.serving, reports, abandoned);
                }
            }
            core.sessions().allLocked().forEach(session -> look(session, reports));
        } finally {
            core.lock().unlock();
        }
        abandoned.forEach(Run::revokeMemory);
        reports.forEach(Runnable::run);
    }

    private void look(Run run, List<Runnable> reports, List<Run> abandoned) {
        long age = age(run);
        if (age >= TICKS) {
            core.serving().abandon(run);
            abandoned.add(run);
            reports.add(() -> core.journal().write(EventId.CALLBACK_GIVEN_UP, run.flb, Errno.ETIMEDOUT, run.flb + ": "
                    + run.callback + " is given up after the callback deadline of "
                    + core.settings().patience().toMillis() + " ms; the core goes on without it"));
        } else if (isSlow(age) && !run.stopwatch.reported) {
            run.stopwatch.reported = true;
            reports.add(slow(run.flb, run.flb + ": " + run.callback, run.thread));
        }
    }

    private void look(SessionState session, List<Runnable> reports) {
        Turn turn = session.turn();
        if (ticks - turn.began() == TICKS / 2) {
            Thread holder = turn.holder();
            FileCall call = turn.calling();
            if (holder != null) {
                reports.add(call == null ? slow(session, "a change of the " + session, holder)
                        : slow(call.handler(), call.handler() + ": " + call.callback() + " of file " + call.token()
                                + " of the " + session, holder));
            }
        }
    }

    private Runnable slow(Object subject, String what, Thread thread) {
        String text = what + " has been running for half the callback deadline in thread \"" + thread.getName() + "\":"
                + stack(thread);
        return () -> core.journal().write(EventId.CALLBACK_SLOW, subject, text);
    }

    /** How long a callback of an FLB has been running, in ticks; the core lock is held. */
    long age(Run run) {
        return ticks - run.stopwatch.began;
    }

    /** How long a session has been changed, in ticks. */
    long age(Turn turn) {
        return ticks - turn.began();
    }

    static boolean isSlow(long age) {
        return age >= TICKS / 2;
    }

    /** At least how long an age is. */
    long millis(long age) {
        return age * (core.settings().patience().toMillis() / TICKS);
    }

    /** Where a thread is: one line for each of the innermost frames. */
    static String stack(Thread thread) {
        StringBuilder text = new StringBuilder();
        StackTraceElement[] frames = thread.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, STACK_DEPTH); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        return text.toString();
    }
}
