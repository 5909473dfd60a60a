package org.liveupdate.benchmarks;

import java.io.IOException;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Heap in use after a full collection: what stays of preserving files, whose own objects are there before, and of handles. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgsAppend = {Timed.HEAP_MIN, Timed.HEAP_MAX})
public class HeapBenchmark {
    private static final int COLLECTIONS = 3;

    /** The figure. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap {
        /** What a file takes beyond the caller's own object, or a call leaves behind. */
        public double bytesEach;
    }

    /** Files in one session, each with one FLB; or calls. */
    @Param("1000000")
    public int files;
    private Generation generation;
    private Cargo[] cargo;
    private Session session;

    /** Fixture. */
    @Setup(Level.Iteration)
    public void start() throws IOException, LiveUpdateException {
        generation = new Generation(1);
        cargo = Cargo.load(files);
        session = generation.newSession();
    }

    /** Fixture. */
    @TearDown(Level.Iteration)
    public void end() throws IOException, LiveUpdateException {
        session.close();
        generation.close();
    }

    /** Measures. */
    @Benchmark
    public Session preserve(Heap heap) throws LiveUpdateException {
        long before = usedBytes();
        Generation.preserve(session, cargo);
        heap.bytesEach = (double) (usedBytes() - before) / files;
        return session;
    }

    /** Handles are opened and closed. */
    @Benchmark
    public LiveUpdate getAndClose(Heap heap) throws LiveUpdateException {
        LiveUpdate user = generation.liveUpdate("user");
        FlbKey<DockFlb> key = new FlbKey<>(DockFlb.compatible(0), DockFlb.class);
        HandleBenchmark.getAndClose(user, key);
        long before = usedBytes();
        for (int i = 0; i < files; i++) {
            HandleBenchmark.getAndClose(user, key);
        }
        heap.bytesEach = Math.max(0, (double) (usedBytes() - before) / files);
        return user;
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            runtime.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
