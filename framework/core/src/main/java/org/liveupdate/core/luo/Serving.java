package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * At most one callback of an FLB runs at a time. The thread that runs it is written down instead of a lock being held:
 * the same thread coming back is refused at once, others wait for at most the callback deadline.
 *
 * <p>
 * All methods want the core lock held.
 */
final class Serving {
    private final Orchestrator core;
    private final CoreLock lock;

    Serving(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
    }

    void checkNotMine(FlbRuntime flb) throws LiveUpdateException {
        if (flb.isServedByMe()) {
            throw new LiveUpdateException(Errno.EDEADLK, flb + " is asked for from inside one of its own callbacks");
        }
    }

    /** Returns when no callback of the FLB runs. */
    void awaitTurn(FlbRuntime flb) throws LiveUpdateException {
        if (flb.serving == null) {
            return;
        }
        checkNotMine(flb);
        if (!lock.await(() -> flb.serving == null)) {
            Run run = flb.serving;
            throw new LiveUpdateException(Errno.EBUSY,
                    flb + " is busy: its " + run.callback + " has been running in thread \"" + run.thread.getName()
                            + "\" for longer than " + core.settings().patience().toMillis() + " ms");
        }
    }

    /**
     * A callback is about to run in this thread.
     *
     * @param giveUp
     *            puts the life cycle where it goes if the callback outlasts its deadline
     */
    Run begin(FlbRuntime flb, Callback callback, ContextBase context, Runnable giveUp) {
        Run run = new Run(flb, callback, context, core.watchdog().stopwatch(), giveUp);
        flb.serving = run;
        flb.refreshGatesLocked();
        core.names().touch(flb);
        return run;
    }

    /** The callback has returned and the state is what it led to; does what became due meanwhile. */
    void end(FlbRuntime flb) {
        release(flb);
        settle(flb);
    }

    /** The callback has returned, and whoever called it goes on with the life cycle. */
    void endQuietly(FlbRuntime flb) {
        release(flb);
    }

    /** Does what became due while a callback ran that has returned now, in time or not. */
    void settle(FlbRuntime flb) {
        core.outgoing().settleLocked(flb.outgoing);
        if (flb.live != null) {
            core.incoming().settleLocked(flb.live);
        }
    }

    /** The callback outlasted its deadline. What became due meanwhile is done when it returns after all. */
    void abandon(Run run) {
        run.abandon();
        release(run.flb);
    }

    private void release(FlbRuntime flb) {
        flb.serving = null;
        flb.refreshGatesLocked();
        core.names().touch(flb);
        lock.changed();
    }
}
