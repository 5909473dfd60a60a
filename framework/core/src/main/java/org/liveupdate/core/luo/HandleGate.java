package org.liveupdate.core.luo;

import java.util.concurrent.atomic.AtomicInteger;
import org.liveupdate.api.Side;

/**
 * The open handles that one bundle has on one side of one FLB, in one word, so that opening and closing a handle costs
 * one atomic operation each and no lock.
 *
 * <pre>
 *   bit 31  CLOSED   the life cycle does not let anybody in without looking: ask it, with the core lock held
 *   bit 30  REVOKED  the bundle is gone: its handles count no more
 *   bits 0 to 29     open handles
 * </pre>
 *
 * The life cycle closes the gate before it looks whether handles are left, and whoever leaves a closed gate as the last
 * one looks whether the life cycle waited for that: so neither misses the other. CLOSED and REVOKED are changed with the
 * core lock held.
 */
final class HandleGate {
    private static final int CLOSED = 1 << 31;
    private static final int REVOKED = 1 << 30;
    private static final int COUNT = REVOKED - 1;

    final FlbRuntime flb;
    final Side side;
    private final AtomicInteger word = new AtomicInteger(CLOSED);

    HandleGate(FlbRuntime flb, Side side) {
        this.flb = flb;
        this.side = side;
    }

    /** Counts a handle more if the gate is open; no lock is needed. */
    boolean tryEnter() {
        int seen = word.get();
        while ((seen & (CLOSED | REVOKED)) == 0) {
            int witness = word.compareAndExchange(seen, seen + 1);
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /** Counts a handle more, whether the gate is open or not; the core lock is held. */
    void enter() {
        word.incrementAndGet();
    }

    /**
     * Counts a handle less.
     *
     * @return whether the life cycle may have waited for it: settle it, with the core lock held
     */
    boolean leave() {
        int seen = word.get();
        while ((seen & REVOKED) == 0) {
            int witness = word.compareAndExchange(seen, seen - 1);
            if (witness == seen) {
                return seen == (CLOSED | 1);
            }
            seen = witness;
        }
        return false;
    }

    void open(boolean open) {
        word.getAndUpdate(seen -> open ? seen & ~CLOSED : seen | CLOSED);
    }

    /** All its handles count as closed from now on. */
    void revoke() {
        word.set(CLOSED | REVOKED);
    }

    boolean isRevoked() {
        return (word.get() & REVOKED) != 0;
    }

    int count() {
        int seen = word.get();
        return (seen & REVOKED) != 0 ? 0 : seen & COUNT;
    }
}
