package org.liveupdate.kho;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Every write to handover memory, and every change of a block's owner, passes here.
 *
 * <pre>
 *   state    freeze   thaw     fence    close
 *   OPEN     FROZEN   INVALID  FENCED   CLOSED
 *   FROZEN   FROZEN   OPEN     FENCED   CLOSED
 *   FENCED   FENCED   FENCED!  FENCED   CLOSED      (! refused with that reason)
 *   CLOSED   INVALID  INVALID  CLOSED   CLOSED
 * </pre>
 *
 * <p>A writer counts itself in, then looks at the state (and at whether its block is still there), writes, and counts
 * itself out. Whoever changes the state (or ends a block) does so first and then waits until everybody who may have
 * looked before has counted out. So after that no write can happen that should not, not even by a thread that was
 * paused between looking and writing.
 *
 * <p>There are counters for two phases. Waiting moves newcomers to the other phase, so that it ends even while others
 * keep writing. Counters are striped by thread and padded to a cache line each, so that writers do not disturb each
 * other.
 */
final class WriteGate {

    /** What may pass. */
    enum State {
        OPEN, FROZEN, FENCED, CLOSED
    }

    /** Stripes, a power of two: enough that a few dozen threads rarely meet. */
    private static final int STRIPES = 16;
    /** Distance of two counters in longs: two cache lines, because processors fetch pairs. */
    private static final int PADDING = 16;
    private static final int SPINS = 200;
    private static final int YIELDS = 200;
    private static final long PAUSE_NANOS = 20_000;

    private final AtomicLongArray inFlight = new AtomicLongArray(2 * STRIPES * PADDING);
    private final Object waiting = new Object();
    private final Path path;
    /** 0 or 1: the phase that newcomers count in. Written under {@code waiting}. */
    private volatile int phase;
    /** Written under {@code this}. */
    private volatile State state;

    /** A gate in the given state, for the memory file at {@code path}. */
    WriteGate(State state, Path path) {
        this.state = state;
        this.path = path;
    }

    /**
     * Counts a writer in.
     *
     * @return what to give to {@link #leave}
     * @throws KhoException if writing is refused
     */
    int enter() {
        int counter = tryEnter();
        while (counter < 0) {
            requireOpen();
            // thawed since
            counter = tryEnter();
        }
        return counter;
    }

    /** As {@link #enter}, or -1 if writing is refused. */
    int tryEnter() {
        int stripe = System.identityHashCode(Thread.currentThread()) & STRIPES - 1;
        int counter = (2 * stripe + phase) * PADDING;
        inFlight.getAndIncrement(counter);
        if (state != State.OPEN) {
            inFlight.getAndDecrement(counter);
            return -1;
        }
        return counter;
    }

    /** Counts a writer out. */
    void leave(int counter) {
        inFlight.getAndDecrement(counter);
    }

    /** Throws what {@link #enter} would throw. */
    void requireOpen() {
        State now = state;
        if (now != State.OPEN) {
            throw refusal(now);
        }
    }

    void freeze() {
        synchronized (this) {
            if (state == State.CLOSED) {
                throw refusal(state);
            }
            if (state == State.OPEN) {
                state = State.FROZEN;
            }
        }
        awaitWriters();
    }

    synchronized void thaw() {
        if (state == State.OPEN) {
            throw new KhoException(KhoException.Reason.INVALID, path + ": handover memory is not frozen");
        }
        if (state != State.FROZEN) {
            throw refusal(state);
        }
        state = State.OPEN;
    }

    void fence() {
        synchronized (this) {
            if (state != State.CLOSED) {
                state = State.FENCED;
            }
        }
        awaitWriters();
    }

    void close() {
        synchronized (this) {
            state = State.CLOSED;
        }
        awaitWriters();
    }

    /**
     * Waits until every writer that is in now is out. Not to be called by one that is in, nor with a lock that one
     * might wait for.
     */
    void awaitWriters() {
        synchronized (waiting) {
            // somebody may have read the phase before it was changed last time, and counted in since
            awaitPhase(phase ^ 1);
            phase ^= 1;
            awaitPhase(phase ^ 1);
        }
    }

    private void awaitPhase(int which) {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            int counter = (2 * stripe + which) * PADDING;
            for (int round = 0; inFlight.get(counter) != 0; round++) {
                pause(round);
            }
        }
    }

    /** Writers are out within microseconds unless they were preempted: then give way, ever more. */
    private static void pause(int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else if (round < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private KhoException refusal(State now) {
        return switch (now) {
            case FROZEN -> new KhoException(KhoException.Reason.FROZEN,
                    path + ": handover memory is frozen for a live update: nothing can be written until it is decided");
            case FENCED -> new KhoException(KhoException.Reason.FENCED,
                    path + ": handover memory belongs to the successor now: nothing can be written any more");
            default -> new KhoException(KhoException.Reason.INVALID, path + ": handover memory is closed");
        };
    }
}
