package org.liveupdate.testkit;

import java.util.Set;
import org.liveupdate.kho.KhoException;

/**
 * Lets handover memory fail inside the callbacks of a provider: at one access of one callback, or whenever some callbacks
 * allocate. Armed and disarmed while no callback runs; what happens outside of callbacks never fails.
 */
final class Faults {
    /** What runs inside a callback. */
    interface Body<R, E extends Exception> {
        R run() throws E;
    }

    private final ThreadLocal<String> current = new ThreadLocal<>();
    private volatile String armed;
    /** How many accesses are still let through; guarded by this. */
    private int left;
    private volatile Set<String> starved = Set.of();
    private volatile boolean struck;

    /** The n-th allocation or restoring inside a callback fails, counted from 1. */
    synchronized void strikeAt(String callback, int n) {
        left = n;
        struck = false;
        armed = callback;
    }

    /** Every allocation inside some callbacks fails. */
    void starve(Set<String> callbacks) {
        starved = callbacks;
    }

    /** Nothing fails any more; returns whether an access has failed since {@link #strikeAt}. */
    boolean disarm() {
        armed = null;
        starved = Set.of();
        return struck;
    }

    /** Runs the body of a callback. */
    <R, E extends Exception> R within(String callback, Body<R, E> body) throws E {
        String outer = current.get();
        current.set(callback);
        try {
            return body.run();
        } finally {
            current.set(outer);
        }
    }

    /** A block is to be allocated. */
    void allocating() {
        String callback = current.get();
        if (callback != null && starved.contains(callback)) {
            throw new KhoException(KhoException.Reason.NO_MEMORY,
                    "the test kit lets no memory be allocated inside " + callback);
        }
        count(KhoException.Reason.NO_MEMORY);
    }

    /** A block is to be restored. */
    void restoring() {
        count(KhoException.Reason.CORRUPT);
    }

    private synchronized void count(KhoException.Reason reason) {
        if (armed != null && armed.equals(current.get()) && --left == 0) {
            struck = true;
            throw new KhoException(reason, "the test kit lets this access inside " + armed + " fail");
        }
    }
}
