package org.liveupdate.kexec;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether this generation is in charge, and whether it still may be.
 *
 * <pre>{@code
 *   WAITING --(image committed)--> DECIDING --(confirmed)--> IN_CHARGE
 *      |                              |
 *      +--(the JVM ends)--> ENDED <---+--(taken back, or refused)
 * }</pre>
 *
 * A successor that is asked to end must not confirm at the same time: either it never does, or it is in charge and has to
 * stop in order. Thread safe.
 */
final class Standing {
    private enum State {
        WAITING, DECIDING, IN_CHARGE, ENDED
    }

    /** Guarded by this. */
    private State state;

    Standing(boolean inCharge) {
        state = inCharge ? State.IN_CHARGE : State.WAITING;
    }

    /** The supervisor says that this generation is in charge: this bundle came after the decision. */
    synchronized void welcomeInCharge() {
        if (state == State.WAITING) {
            state = State.IN_CHARGE;
        }
    }

    /** A successor is about to decide; false if it must not any more. */
    synchronized boolean beginDecision() {
        if (state != State.WAITING) {
            return false;
        }
        state = State.DECIDING;
        return true;
    }

    /** How it decided. */
    synchronized void decided(boolean inCharge) {
        state = inCharge ? State.IN_CHARGE : State.ENDED;
        notifyAll();
    }

    synchronized boolean isInCharge() {
        return state == State.IN_CHARGE;
    }

    /**
     * The JVM is to end. A decision under way is waited for.
     *
     * @param limit
     *            how long
     * @return whether this generation is in charge, so that it has to stop in order; if the decision takes longer, too
     */
    synchronized boolean end(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (state == State.DECIDING && deadline - System.nanoTime() > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            } catch (InterruptedException e) {
                // the end of the JVM is not called off
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (state == State.WAITING) {
            state = State.ENDED;
        }
        return state != State.ENDED;
    }
}
