package org.liveupdate.benchmarks;

import java.io.IOException;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.ThreadParams;

/** Opening a handle, reading the live object, closing the handle. */
public class HandleBenchmark extends Timed {
    /** A core with one preserved FLB. */
    @State(Scope.Benchmark)
    public static class Core {
        final FlbKey<DockFlb> key = new FlbKey<>(DockFlb.compatible(0), DockFlb.class);
        Generation generation;
        LiveUpdate user;

        /** Fixture. */
        @Setup(Level.Trial)
        public void start() throws IOException, LiveUpdateException {
            generation = new Generation(1);
            user = generation.liveUpdate("user");
        }

        /** Fixture. */
        @TearDown(Level.Trial)
        public void end() throws IOException {
            generation.close();
        }
    }

    /** A bundle for each thread. */
    @State(Scope.Thread)
    public static class User {
        LiveUpdate user;

        /** Fixture. */
        @Setup(Level.Trial)
        public void arrive(Core core, ThreadParams thread) {
            user = core.generation.liveUpdate("user-" + thread.getThreadIndex());
        }
    }

    /** Undisturbed. */
    @Benchmark
    @Threads(1)
    public DockFlb oneThread(Core core) throws LiveUpdateException {
        return getAndClose(core.user, core.key);
    }

    /** Two threads of one bundle, which count their handles in one place. */
    @Benchmark
    @Threads(2)
    public DockFlb twoThreads(Core core) throws LiveUpdateException {
        return getAndClose(core.user, core.key);
    }

    /** Two threads of different bundles. */
    @Benchmark
    @Threads(2)
    public DockFlb twoBundles(Core core, User mine) throws LiveUpdateException {
        return getAndClose(mine.user, core.key);
    }

    static DockFlb getAndClose(LiveUpdate user, FlbKey<DockFlb> key) throws LiveUpdateException {
        try (FlbHandle<DockFlb> handle = user.getOutgoing(key)) {
            return handle.get();
        }
    }
}
