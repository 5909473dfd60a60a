package org.liveupdate.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs what several threads do at once. */
final class Threads {
    /** What one of them does. */
    interface Work {
        void run() throws Exception;
    }

    private Threads() {}

    /** Returns when all have ended; throws what the first of them threw. */
    static void run(List<Work> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (Work work : works) {
                futures.add(threads.submit(() -> {
                    work.run();
                    return null;
                }));
            }
            await(futures);
        } finally {
            threads.shutdown();
        }
    }

    private static void await(List<Future<?>> futures) throws Exception {
        ExecutionException failure = null;
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null && failure.getCause() instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (Exception) failure.getCause();
        }
    }
}
