package org.liveupdate.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;

/**
 * Threads that count in the pool through handles, as fast as they can or with a pause after each call. An error of one
 * ends it, and is told at the end.
 */
final class PoolLoad implements AutoCloseable {
    private final LiveUpdate liveUpdate;
    private final long pauseNanos;
    private final List<FutureTask<Long>> workers = new ArrayList<>();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private volatile boolean ended;

    PoolLoad(LiveUpdate liveUpdate, int threads, long pauseNanos) {
        this.liveUpdate = liveUpdate;
        this.pauseNanos = pauseNanos;
        for (int i = 0; i < threads; i++) {
            FutureTask<Long> worker = new FutureTask<>((Callable<Long>) this::work);
            workers.add(worker);
            new Thread(worker, "pool-load-" + i).start();
        }
    }

    private long work() throws LiveUpdateException {
        long counted = 0;
        while (!ended) {
            long began = System.nanoTime();
            try (FlbHandle<LongUnaryOperator> pool = liveUpdate.getOutgoing(PoolBundle.KEY)) {
                longest.accumulate(System.nanoTime() - began);
                pool.get().applyAsLong(1);
            }
            counted++;
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
        }
        return counted;
    }

    /** The longest that one get has taken since this was asked last, in nanoseconds. */
    long longestSinceLast() {
        return longest.getThenReset();
    }

    /** Ends the threads; the calls that have returned. */
    long end() throws InterruptedException, ExecutionException {
        close();
        long sum = 0;
        for (FutureTask<Long> worker : workers) {
            sum += worker.get();
        }
        return sum;
    }

    @Override
    public void close() {
        ended = true;
    }
}
