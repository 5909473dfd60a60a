package org.liveupdate.core.luo;

import java.util.function.LongSupplier;

/** When this generation completed its first retrieve: the end of the blackout. Thread safe. */
public final class Timeline {
    private final LongSupplier clock;
    private volatile long firstRetrieve;
    private volatile boolean any;

    Timeline(LongSupplier clock) {
        this.clock = clock;
    }

    void retrieved() {
        if (!any) {
            first();
        }
    }

    private synchronized void first() {
        if (!any) {
            firstRetrieve = clock.getAsLong();
            any = true;
        }
    }

    /**
     * Whether a file was retrieved.
     *
     * @return false before the first
     */
    public boolean any() {
        return any;
    }

    /**
     * When the first retrieve was completed.
     *
     * @return {@link System#nanoTime()}, meaningless before the first
     */
    public long firstRetrieve() {
        return firstRetrieve;
    }
}
