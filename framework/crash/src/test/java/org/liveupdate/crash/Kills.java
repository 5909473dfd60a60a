package org.liveupdate.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Many kills, several at a time. */
final class Kills {
    private static final int AT_A_TIME = 2;

    private final WorkerCommand command;
    private final Path place;
    private final Outcomes outcomes;

    Kills(WorkerCommand command, Path place, Outcomes outcomes) {
        this.command = command;
        this.place = place;
        this.outcomes = outcomes;
    }

    /** Kills from index {@code first} to before {@code end}, what has no outcome yet; the first violation ends it. */
    void run(long first, long end, LongFunction<Scenario> scenarios) throws Exception {
        AtomicLong next = new AtomicLong(first);
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                running.add(threads.submit(() -> {
                    killInChain(next, end, scenarios);
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            next.set(end);
            threads.shutdown();
        }
    }

    private void killInChain(AtomicLong next, long end, LongFunction<Scenario> scenarios) throws IOException {
        try (Chain chain = new Chain(command, place)) {
            for (long index = next.getAndIncrement(); index < end; index = next.getAndIncrement()) {
                if (!outcomes.contains(index)) {
                    Scenario scenario = scenarios.apply(index);
                    outcomes.add(index, scenario.name(), chain.kill(index, scenario));
                }
            }
        }
    }
}
