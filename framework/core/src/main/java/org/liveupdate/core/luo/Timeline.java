package org.liveupdate.core.luo;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.liveupdate.api.Callback;
import org.liveupdate.core.flight.Recorder;

/**
 * When this generation completed its first retrieve (the end of the blackout) and finished the last incoming file, and
 * what the callbacks took on the way; the same of its own freeze. Thread safe.
 */
public final class Timeline {
    /** No clock that counts nanoseconds of a process gets there. */
    private static final long NEVER = Long.MIN_VALUE;

    private final LongSupplier clock;
    private final Recorder recorder;
    private final AtomicLong firstRetrieve = new AtomicLong(NEVER);
    private final AtomicLong finished = new AtomicLong(NEVER);
    private final CallbackTimes taking = new CallbackTimes();
    private final CallbackTimes freezing = new CallbackTimes();
    private volatile long freezeBegan;
    /** Whether incoming files are left. */
    private volatile boolean open;

    /** Of the flight recording, or null; written before {@link #open}. */
    private Object blackout;
    private Object retrieving;
    private Object finishing;

    Timeline(LongSupplier clock, Recorder recorder) {
        this.clock = clock;
        this.recorder = recorder;
    }

    /** An image is to be taken over from a generation that runs: from here on nobody serves what is preserved. */
    public void claims() {
        blackout = recorder.beginPhase();
    }

    /** Something was handed over: what happens to it is measured until it is finished. */
    void inherited() {
        retrieving = recorder.beginPhase();
        finishing = recorder.beginPhase();
        open = true;
    }

    void retrieved() {
        if (!any() && firstRetrieve.compareAndSet(NEVER, clock.getAsLong())) {
            recorder.endPhase(retrieving, "retrieve", null, null);
            recorder.endPhase(blackout, "blackout", null, null);
        }
    }

    /** No incoming file is left; returns whether that is news. */
    boolean finished() {
        boolean first = finished.compareAndSet(NEVER, clock.getAsLong());
        if (first) {
            open = false;
            recorder.endPhase(finishing, "finish", null, null);
        }
        return first;
    }

    /** A freeze begins. */
    void freezes() {
        freezing.clear();
        freezeBegan = clock.getAsLong();
    }

    /** Where a callback is measured, or null: most callbacks are no part of an update, and cost no look at a clock. */
    CallbackTimes of(Callback callback) {
        return switch (callback) {
            case FREEZE, UNFREEZE -> freezing;
            case RETRIEVE, CAN_FINISH, FINISH -> open ? taking : null;
            default -> null;
        };
    }

    long now() {
        return clock.getAsLong();
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

    /**
     * Whether the last incoming file was finished.
     *
     * @return false before, and if nothing was handed over
     */
    public boolean isFinished() {
        return finished.get() != NEVER;
    }

    /**
     * When the last incoming file was finished.
     *
     * @return {@link System#nanoTime()}, meaningless before
     */
    public long finishedAt() {
        return finished.get();
    }

    /**
     * When the last freeze of this generation began.
     *
     * @return {@link System#nanoTime()}, meaningless before the first
     */
    public long freezeBegan() {
        return freezeBegan;
    }

    /**
     * What it took to take over.
     *
     * @return always the same
     */
    public CallbackTimes taking() {
        return taking;
    }

    /**
     * What the last freeze of this generation took.
     *
     * @return always the same
     */
    public CallbackTimes freezing() {
        return freezing;
    }
}
