package org.liveupdate.benchmarks;

import java.io.IOException;
import org.liveupdate.api.LiveUpdateException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The whole first half of a handover: everything frozen, serialized, and committed to tmpfs with one rename. */
@State(Scope.Benchmark)
public class CommitBenchmark extends Timed {
    /** Files, each of which depends on all FLBs. */
    @Param("10000")
    public int files;
    /** FLBs. */
    @Param("63")
    public int flbs;
    private Generation generation;

    /** Fixture. */
    @Setup(Level.Trial)
    public void fill() throws IOException, LiveUpdateException {
        generation = new Generation(flbs);
        Generation.preserve(generation.newSession(), Cargo.load(files));
    }

    /** Fixture. */
    @TearDown(Level.Invocation)
    public void goOn() throws LiveUpdateException {
        generation.handover().takeBack();
        generation.handover().resume();
    }

    /** Fixture. */
    @TearDown(Level.Trial)
    public void end() throws IOException {
        generation.close();
    }

    /** The commit. */
    @Benchmark
    public long commit() throws LiveUpdateException {
        return generation.handover().commit(System.nanoTime());
    }
}
