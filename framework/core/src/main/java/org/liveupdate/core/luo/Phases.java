package org.liveupdate.core.luo;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Where this generation stands in giving its state away.
 *
 * <pre>
 *   RUNNING --reboot--> FREEZING --all frozen, serialized--> FROZEN --taken back--> RUNNING
 *                          +------- veto, all unfrozen -------------------------------^
 * </pre>
 *
 * Written under the core lock by the thread that reboots. A call that would change a session takes the session's turn
 * first and looks here second; a reboot writes here first and takes all turns second: so neither misses the other.
 */
final class Phases {
    enum Phase {
        RUNNING, FREEZING, FROZEN
    }

    private volatile Phase phase = Phase.RUNNING;
    private volatile Thread rebooting;

    Phase phase() {
        return phase;
    }

    void enter(Phase next, Thread by) {
        rebooting = by;
        phase = next;
    }

    /** {@code EBUSY} after a successful reboot. */
    void checkNotFrozen() throws LiveUpdateException {
        if (phase == Phase.FROZEN) {
            throw new LiveUpdateException(Errno.EBUSY,
                    "the state is on its way to the next generation; sessions can be "
                            + "changed there, or here again once it is taken back");
        }
    }

    /** {@code EDEADLK} inside freeze and unfreeze, {@code EBUSY} in other threads meanwhile. */
    void checkNotFreezing() throws LiveUpdateException {
        if (phase == Phase.FREEZING) {
            boolean mine = rebooting == Thread.currentThread();
            throw new LiveUpdateException(mine ? Errno.EDEADLK : Errno.EBUSY, mine
                    ? "sessions cannot be changed from inside a freeze or unfreeze callback"
                    : "a live update is freezing everything; try again when it is through or was refused");
        }
    }

    /** Takes a session's turn for a change. */
    void enter(SessionState session) throws LiveUpdateException {
        checkNotFreezing();
        session.turn().take(session);
        try {
            checkNotFrozen();
            checkNotFreezing();
            if (session.gone()) {
                throw new LiveUpdateException(Errno.EBADF, session + " was closed");
            }
        } catch (LiveUpdateException e) {
            session.turn().give();
            throw e;
        }
    }

    void leave(SessionState session) {
        session.turn().give();
    }
}
