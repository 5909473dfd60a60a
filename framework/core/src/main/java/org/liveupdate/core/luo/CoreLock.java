package org.liveupdate.core.luo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The one lock of the core.
 *
 * <p>
 * It guards the registry, every FLB life cycle, module references, identities and the list of sessions. It is held for
 * a few field accesses at a time and <strong>never during a callback</strong>: {@link Callbacks} checks that. Being the
 * only lock that is ever waited for while another is held, it cannot be part of a cycle. What outlasts it (a running
 * callback, a session being changed) is a <em>state</em> with an owning thread, and whoever has to wait for such a
 * state waits here, for at most the callback deadline.
 */
final class CoreLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long patienceNanos;
    /** What is to run without the lock; guarded by the lock. */
    private final List<Runnable> later = new ArrayList<>();

    CoreLock(Duration patience) {
        patience(patience);
    }

    /** Another callback deadline, for whoever begins to wait from now on. */
    void patience(Duration patience) {
        patienceNanos = patience.toNanos();
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        if (later.isEmpty() || lock.getHoldCount() > 1) {
            lock.unlock();
            return;
        }
        List<Runnable> due = new ArrayList<>(later);
        later.clear();
        lock.unlock();
        due.forEach(Runnable::run);
    }

    /** Runs a task that may call anybody: now, or as soon as this thread gives the lock up. */
    void unlocked(Runnable task) {
        if (isHeld()) {
            later.add(task);
        } else {
            task.run();
        }
    }

    boolean isHeld() {
        return lock.isHeldByCurrentThread();
    }

    /** Tells waiters that a state changed; the lock is held. */
    void changed() {
        changed.signalAll();
    }

    /**
     * Waits, with the lock held, until a condition holds or the callback deadline has passed. An interrupt does not end
     * the wait, which is bounded; it is put back.
     *
     * @param condition
     *            evaluated with the lock held
     * @return whether the condition holds
     */
    boolean await(BooleanSupplier condition) {
        return await(condition, System.nanoTime() + patienceNanos);
    }

    /**
     * The same, with a deadline of its own.
     *
     * @param condition
     *            evaluated with the lock held
     * @param deadline
     *            in terms of {@link System#nanoTime}
     * @return whether the condition holds
     */
    boolean await(BooleanSupplier condition, long deadline) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                changed.await(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }
}
