package org.liveupdate.core.luo;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Whose turn it is to change a session. Not a lock: it is kept over callbacks, and coming back to it in the same thread
 * is refused instead of let in.
 */
final class Turn {
    private final CoreLock lock;
    private final Watchdog watchdog;
    private final AtomicReference<Thread> holder = new AtomicReference<>();
    /** Threads that wait for the turn; written under the core lock. */
    private volatile int waiting;

    /** When the turn was taken, in ticks of the watchdog; written by the holder, a guess for others. */
    private final AtomicLong began = new AtomicLong();

    /** The callback that runs in this turn, or null; written by the holder, a guess for others. */
    private final AtomicReference<FileCall> calling = new AtomicReference<>();

    Turn(CoreLock lock, Watchdog watchdog) {
        this.lock = lock;
        this.watchdog = watchdog;
    }

    Thread holder() {
        return holder.get();
    }

    long began() {
        return began.getOpaque();
    }

    FileCall calling() {
        return calling.getAcquire();
    }

    void calling(FileCall call) {
        calling.setRelease(call);
    }

    boolean isMine() {
        return holder.get() == Thread.currentThread();
    }

    /** Takes the turn; waits for another thread for at most the callback deadline. */
    void take(Object what) throws LiveUpdateException {
        Thread me = Thread.currentThread();
        if (holder.compareAndSet(null, me)) {
            began.setOpaque(watchdog.now());
            return;
        }
        if (isMine()) {
            throw new LiveUpdateException(Errno.EDEADLK, what + " is being changed by this very thread, further up");
        }
        lock.lock();
        waiting++;
        try {
            if (!lock.await(() -> holder.compareAndSet(null, me) || isMine())) {
                throw new LiveUpdateException(Errno.EBUSY, what + " is busy: another call has been changing it for "
                        + "longer than the callback deadline");
            }
            began.setOpaque(watchdog.now());
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /**
     * Takes the turn if it becomes free in time.
     *
     * @param deadline
     *            in terms of {@link System#nanoTime}
     * @return whether the turn is this thread's now; false at once if it was before
     */
    boolean tryTake(long deadline) {
        Thread me = Thread.currentThread();
        if (isMine()) {
            return false;
        }
        lock.lock();
        waiting++;
        try {
            boolean taken = lock.await(() -> holder.compareAndSet(null, me) || isMine(), deadline);
            if (taken) {
                began.setOpaque(watchdog.now());
            }
            return taken;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Takes the turn away from a thread that never gave it back; it notices when it does. */
    void revoke(Thread thread) {
        if (holder.compareAndSet(thread, null)) {
            lock.changed();
        }
    }

    void give() {
        if (!holder.compareAndSet(Thread.currentThread(), null)) {
            return; // it was revoked
        }
        if (waiting > 0) {
            lock.lock();
            try {
                lock.changed();
            } finally {
                lock.unlock();
            }
        }
    }
}
