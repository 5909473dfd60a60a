package org.liveupdate.itests;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that runs in a thread of its own and may not return. */
final class Background {
    private final FutureTask<Object> task;
    private final Thread thread;

    private Background(String name, FutureTask<Object> task) {
        this.task = task;
        this.thread = new Thread(task, name);
    }

    static Background run(String name, Callable<?> body) {
        Background started = new Background(name, new FutureTask<>(body::call));
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
    }

    /** Waits for its end; what it threw is the cause of an assertion error, and so is that it does not end in time. */
    void endsWithin(long millis) throws InterruptedException {
        try {
            task.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(thread.getName() + " failed", e.getCause());
        } catch (TimeoutException e) {
            AssertionError hangs = new AssertionError(thread.getName() + " hangs for " + millis + " ms, in:");
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        }
    }

    /** Waits for its end; returns what it threw, or null. */
    Throwable failureWithin(long millis) throws InterruptedException {
        try {
            endsWithin(millis);
            return null;
        } catch (AssertionError e) {
            if (e.getCause() == null) {
                throw e;
            }
            return e.getCause();
        }
    }
}
