package org.liveupdate.core.luo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A callback that stays inside, in another thread, until it is told to leave. */
final class Hang {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private Other running;

    private Hang() {}

    /** The next call of this callback hangs. */
    static Hang in(Calls calls, String call) {
        Hang hang = new Hang();
        calls.once(call, context -> {
            hang.entered.countDown();
            try {
                hang.leave.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return hang;
    }

    /** Runs into the callback in another thread, and returns when that is inside. */
    Hang enter(Other.Body body) throws InterruptedException {
        running = Other.thread(body);
        if (!entered.await(Other.STUCK_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the callback was never called");
        }
        return this;
    }

    /** Waits until the thread that ran into it has ended. */
    void join() throws Throwable {
        running.join();
    }

    /** Lets the callback return, in whichever thread it is. */
    void letGo() {
        leave.countDown();
    }

    /** Lets the callback return, and waits until the thread has ended; throws what it threw. */
    void leave() throws Throwable {
        leave.countDown();
        running.join();
    }
}
