package org.liveupdate.core.luo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Somebody arrives who takes over what others left. The provider's {@code retrieve} may never return, and whoever
 * registers a service may hold locks of the framework and keep other services waiting: so it is called in a thread of
 * its own, and waited for until the detach deadline. What takes longer goes on behind the registration.
 */
final class Arrivals {
    private final Orchestrator core;

    Arrivals(Orchestrator core) {
        this.core = core;
    }

    void run(Runnable takeOver) {
        CountDownLatch done = new CountDownLatch(1);
        Thread worker = new Thread(() -> {
            try {
                takeOver.run();
            } finally {
                done.countDown();
            }
        }, "liveupdate-attach");
        worker.setDaemon(true);
        worker.start();
        try {
            done.await(core.settings().detachPatience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it goes on without us
        }
    }
}
