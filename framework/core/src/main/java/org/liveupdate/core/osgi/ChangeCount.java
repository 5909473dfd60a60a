package org.liveupdate.core.osgi;

import java.util.Hashtable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
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
    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "liveupdate-changes");
        thread.setDaemon(true);
        return thread;
    });
    private volatile ServiceRegistration<?> registration;
    private final Runnable before;

    /**
     * Announces nothing yet.
     *
     * @param before
     *            called in the publishing thread before each announcement
     */
    ChangeCount(Runnable before) {
        this.before = before;
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
        due.set(false);
        before.run();
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_CHANGECOUNT, count.incrementAndGet());
        try {
            registration.setProperties(properties);
        } catch (IllegalStateException e) {
            publisher.shutdown(); // unregistered meanwhile
        }
    }

    void close() {
        publisher.shutdownNow();
    }
}
