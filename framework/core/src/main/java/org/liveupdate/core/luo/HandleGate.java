package org.liveupdate.core.luo;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.liveupdate.api.Side;

/**
 * Open handles that one bundle has on one side of one FLB, in one word, so that opening and closing a handle costs one
 * atomic operation each and no lock. A bundle has a few gates to each side it uses: {@link Holder}.
 *
 * <pre>
 *   bit 31  CLOSED   the life cycle does not let anybody in without looking: ask it, with the core lock held
 *   bit 30  REVOKED  the bundle, or the owner of the FLB, is gone: its handles count no more
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
    private static final int WORDS = 64;
    private static final int WORD = WORDS / 2;

    final FlbRuntime flb;
    final Side side;
    /** The bundle that goes through here. */
    final Module asker;
    /** One word in the middle of {@value #WORDS}: what other threads count in is not in the same cache line. */
    private final AtomicIntegerArray words = new AtomicIntegerArray(WORDS);

    HandleGate(FlbRuntime flb, Side side, Module asker) {
        this.flb = flb;
        this.side = side;
        this.asker = asker;
        words.set(WORD, CLOSED);
    }

    /** Counts a handle more if the gate is open; no lock is needed. */
    boolean tryEnter() {
        int seen = words.get(WORD);
        while ((seen & (CLOSED | REVOKED)) == 0) {
            int witness = words.compareAndExchange(WORD, seen, seen + 1);
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /** Counts a handle more, whether the gate is open or not; the core lock is held. */
    void enter() {
        words.incrementAndGet(WORD);
    }

    /**
     * Counts a handle less.
     *
     * @return whether the life cycle may have waited for it: settle it, with the core lock held
     */
    boolean leave() {
        int seen = words.get(WORD);
        while ((seen & REVOKED) == 0) {
            int witness = words.compareAndExchange(WORD, seen, seen - 1);
            if (witness == seen) {
                return seen == (CLOSED | 1);
            }
            seen = witness;
        }
        return false;
    }

    void open(boolean open) {
        words.getAndUpdate(WORD, seen -> open ? seen & ~CLOSED : seen | CLOSED);
    }

    /** All its handles count as closed from now on. */
    void revoke() {
        words.set(WORD, CLOSED | REVOKED);
    }

    boolean isRevoked() {
        return (words.get(WORD) & REVOKED) != 0;
    }

    int count() {
        int seen = words.get(WORD);
        return (seen & REVOKED) != 0 ? 0 : seen & COUNT;
    }
}
