package org.liveupdate.kexec;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One update at a time, and none any more once the generation is to stop. Thread safe. */
final class UpdateTurn {
    /** Guarded by this. */
    private boolean taken;
    /** Guarded by this. */
    private boolean closed;

    /** Begins an update; false if one is under way or there must be none any more. */
    synchronized boolean begin() {
        if (taken || closed) {
            return false;
        }
        taken = true;
        return true;
    }

    synchronized void end() {
        taken = false;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** From now on no update begins. */
    synchronized void close() {
        closed = true;
    }

    /**
     * Waits for the end of the update that is under way.
     *
     * @param limit
     *            how long
     * @return whether none is under way any more
     */
    synchronized boolean awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (taken && deadline - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !taken;
    }
}
