package org.liveupdate.core.osgi;

import java.time.Duration;
import java.util.Hashtable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * Announces changes as the service property {@code service.changecount}. Changes are counted where they happen, and
 * published by a thread of its own, since setting a property calls listeners; many quick ones are published as one.
 */
final class ChangeCount {
    private static final long DELAY_MILLIS = 50;

    private final AtomicLong count = new AtomicLong();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor publisher = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "liveupdate-changes");
        thread.setDaemon(true);
        return thread;
    });
    private volatile ServiceRegistration<?> registration;
    /** The thread that calls listeners at the moment, or null. */
    private volatile Thread publishing;
    private final Runnable before;
    private final Duration patience;

    /**
     * Announces nothing yet.
     *
     * @param before
     *            called in the publishing thread before each announcement
     * @param patience
     *            how long listeners may hold up {@link #close}
     */
    ChangeCount(Runnable before, Duration patience) {
        this.before = before;
        this.patience = patience;
        publisher.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void publishAt(ServiceRegistration<?> target) {
        registration = target;
        changed();
    }

    /** Something changed; cheap, never blocks. */
    void changed() {
        if (registration != null && due.compareAndSet(false, true)) {
            try {
                publisher.schedule(this::publish, DELAY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                due.set(true); // closed: nothing is announced any more
            }
        }
    }

    private void publish() {
        publishing = Thread.currentThread();
        try {
            due.set(false);
            before.run();
            announce();
        } finally {
            publishing = null;
        }
    }

    private void announce() {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_CHANGECOUNT, count.incrementAndGet());
        try {
            registration.setProperties(properties);
        } catch (IllegalStateException e) {
            publisher.shutdown(); // unregistered meanwhile
        }
    }

    /**
     * Announces nothing any more. A listener that is told of a change after it was told that the service goes would take it
     * for one that has come: so an announcement under way is waited for, but not by a listener that ends the core itself.
     */
    void close() {
        publisher.shutdown();
        if (publishing == Thread.currentThread()) {
            return;
        }
        try {
            publisher.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
