package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * One callback of an FLB that is running. Guarded by the core lock, but for what never changes.
 */
final class Run {
    final FlbRuntime flb;
    final Callback callback;
    final ContextBase context;
    final Thread thread = Thread.currentThread();
    final Watchdog.Stopwatch stopwatch;
    /** Puts the life cycle where it goes when the callback is given up; runs with the core lock held. */
    private final Runnable giveUp;
    private boolean abandoned;

    Run(FlbRuntime flb, Callback callback, ContextBase context, Watchdog.Stopwatch stopwatch, Runnable giveUp) {
        this.flb = flb;
        this.callback = callback;
        this.context = context;
        this.stopwatch = stopwatch;
        this.giveUp = giveUp;
    }

    boolean isMine() {
        return thread == Thread.currentThread();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
        giveUp.run();
    }

    /** Takes the callback's memory away from it; without the core lock. */
    void revokeMemory() {
        context.abandon(callback == Callback.UNPRESERVE || callback == Callback.FINISH);
    }

    /** What whoever called the callback is told when it returns after all. */
    LiveUpdateException lateness() {
        return new LiveUpdateException(Errno.ETIMEDOUT, flb + ": " + callback
                + " returned after the callback deadline; its result is discarded");
    }
}
