package org.liveupdate.core.luo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs something in a thread of its own. */
final class Other {
    /** Longer than anything here takes: whoever waits that long is stuck. */
    static final long STUCK_SECONDS = 20;

    /** What another thread does. */
    interface Body {
        void run() throws Exception;
    }

    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final Thread thread;

    private Other(Body body) {
        thread = new Thread(() -> {
            try {
                body.run();
                result.complete(null);
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }, "other");
        thread.setDaemon(true);
        thread.start();
    }

    static Other thread(Body body) {
        return new Other(body);
    }

    Thread thread() {
        return thread;
    }

    /** Returns when it waits for something, at most until a deadline of its own. */
    Other untilItWaits() {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return this;
    }

    /** Runs to its end in another thread; throws what it throws. */
    static void run(Body body) throws Throwable {
        thread(body).join();
    }

    /** Waits for the end; throws what the thread threw. */
    void join() throws Throwable {
        try {
            result.get(STUCK_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (TimeoutException e) {
            AssertionError stuck = new AssertionError("the thread is stuck");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }
}
