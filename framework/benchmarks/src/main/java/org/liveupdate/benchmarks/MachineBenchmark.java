package org.liveupdate.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How fast the machine is just now, whoever else uses it: the yardstick for all other figures. */
@State(Scope.Benchmark)
public class MachineBenchmark extends Timed {
    private final AtomicInteger word = new AtomicInteger();

    /** What a lock costs at least. */
    @Benchmark
    public boolean compareAndSetTwice() {
        return word.compareAndSet(0, 1) && word.compareAndSet(1, 0);
    }
}
