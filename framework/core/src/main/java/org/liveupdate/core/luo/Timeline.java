package org.liveupdate.core.luo;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** When this generation completed its first retrieve: the end of the blackout. Thread safe. */
public final class Timeline {
    /** No clock that counts nanoseconds of a process gets there. */
    private static final long NEVER = Long.MIN_VALUE;

    private final LongSupplier clock;
    private final AtomicLong firstRetrieve = new AtomicLong(NEVER);

    Timeline(LongSupplier clock) {
        this.clock = clock;
    }

    void retrieved() {
        if (!any()) {
            firstRetrieve.compareAndSet(NEVER, clock.getAsLong());
        }
    }

    /**
     * Whether a file was retrieved.
     *
     * @return false before the first
     */
    public boolean any() {
        return firstRetrieve.get() != NEVER;
    }

    /**
     * When the first retrieve was completed.
     *
     * @return {@link System#nanoTime()}, meaningless before the first
     */
    public long firstRetrieve() {
        return firstRetrieve.get();
    }
}
