package org.liveupdate.itests.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that can be looked at. */
public final class Await {
    /** So long that it means a failure, on any machine. */
    static final Duration LIMIT = Duration.ofSeconds(90);

    private static final long LOOK_AGAIN_NANOS = 100_000;

    private Await() {}

    /**
     * Looks again and again.
     *
     * @param what
     *            for the failure, if it does not come
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }

    static void until(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError("waited in vain for " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
