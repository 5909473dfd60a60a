package org.liveupdate.demo.run;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The services that the demo works with, as they come and go. Whoever needs one waits for it here, until it is there or
 * the demo is to stop. Thread safe; the lock is this object's, and nobody else's code runs under it.
 */
public final class Services {
    /** A condition may become true without a sign. */
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    private final StopSignal stop;
    private final Map<Class<?>, Object> present = new HashMap<>();
    private long changes;

    public Services(StopSignal stop) {
        this.stop = stop;
    }

    /** A service is there. */
    public synchronized <T> void arrived(Class<T> type, T service) {
        present.put(type, service);
        changed();
    }

    /** A service is gone, unless another has taken its place. */
    public synchronized <T> void left(Class<T> type, T service) {
        present.remove(type, service);
    }

    /** A service says that something about it has changed. */
    public synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** Nobody waits any more. */
    public synchronized void stop() {
        stop.request();
        notifyAll();
    }

    /** The service, as soon as it is there. */
    public synchronized <T> T await(Class<T> type) throws InterruptedIOException {
        while (!present.containsKey(type)) {
            await(Long.MAX_VALUE);
        }
        return type.cast(present.get(type));
    }

    /**
     * The service, if it comes in time.
     *
     * @throws Failure
     *             if it does not
     */
    public <T> T await(Class<T> type, Duration limit) throws Failure, InterruptedIOException {
        await(() -> isPresent(type), limit, "the service " + type.getName() + " is not there");
        return await(type);
    }

    private synchronized boolean isPresent(Class<?> type) {
        return present.containsKey(type);
    }

    /**
     * Waits for a condition, which is tried again after every change of the services, and every now and then.
     *
     * @param otherwise
     *            what is the matter if it does not become true
     * @throws Failure
     *             if it is not true in time
     */
    public void await(BooleanSupplier condition, Duration limit, String otherwise)
            throws Failure, InterruptedIOException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long seen = changes(); !condition.getAsBoolean(); seen = changes()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new Failure(otherwise + " after " + limit.toSeconds()
                        + " seconds; see that all bundles of the assembly are active");
            }
            awaitChange(seen, deadline);
        }
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized void awaitChange(long seen, long deadline) throws InterruptedIOException {
        if (changes == seen) {
            await(Math.min(LOOK_AGAIN_NANOS, Math.max(0, deadline - System.nanoTime())));
        }
    }

    /** Waits for a notification; the lock is held. */
    private void await(long nanos) throws InterruptedIOException {
        stop.check();
        try {
            wait(Duration.ofNanos(nanos).toMillis() + 1);
        } catch (InterruptedException e) {
            stop.request();
        }
        stop.check();
    }
}
