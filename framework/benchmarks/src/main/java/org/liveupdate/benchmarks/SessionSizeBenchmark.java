package org.liveupdate.benchmarks;

import java.io.IOException;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a whole session costs, by the number of its files; each depends on one FLB. Divide by the files. */
public class SessionSizeBenchmark extends Timed {
    /** A core and files. */
    @State(Scope.Benchmark)
    public static class Core {
        /** Files in the session. */
        @Param({"100", "1000", "10000", "1000000"})
        public int files;
        Generation generation;
        Cargo[] cargo;

        /** Fixture. */
        @Setup(Level.Iteration)
        public void start() throws IOException, LiveUpdateException {
            generation = new Generation(1);
            if (cargo == null) {
                cargo = Cargo.load(files);
            }
        }

        /** Fixture. */
        @TearDown(Level.Iteration)
        public void end() throws IOException {
            generation.close();
        }
    }

    /** A session to fill. */
    @State(Scope.Benchmark)
    public static class Empty {
        Session session;

        /** Fixture. */
        @Setup(Level.Invocation)
        public void open(Core core) throws LiveUpdateException {
            session = core.generation.newSession();
        }

        /** Fixture. */
        @TearDown(Level.Invocation)
        public void close() throws LiveUpdateException {
            session.close();
        }
    }

    /** A session to empty. */
    @State(Scope.Benchmark)
    public static class Full {
        Session session;

        /** Fixture. */
        @Setup(Level.Invocation)
        public void fill(Core core) throws LiveUpdateException {
            session = core.generation.newSession();
            Generation.preserve(session, core.cargo);
        }
    }

    /** All files into the session. */
    @Benchmark
    public Session preserve(Core core, Empty empty) throws LiveUpdateException {
        Generation.preserve(empty.session, core.cargo);
        return empty.session;
    }

    /** All files out of it. */
    @Benchmark
    public Session unpreserve(Full full) throws LiveUpdateException {
        full.session.close();
        return full.session;
    }
}
