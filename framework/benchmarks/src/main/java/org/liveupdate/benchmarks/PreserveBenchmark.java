package org.liveupdate.benchmarks;

import java.io.IOException;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One more file, by the number of FLBs it depends on: a thousand files into a new session, and out of it again. */
public class PreserveBenchmark extends Timed {
    static final int FILES = 1_000;

    /** A core, and files whose identity hashes are known to the JVM, as after a first look at them. */
    @State(Scope.Benchmark)
    public static class Core {
        /** FLBs that every file depends on. */
        @Param({"1", "3", "8", "63"})
        public int flbs;
        Generation generation;
        Cargo[] cargo;

        /** Fixture. */
        @Setup(Level.Iteration)
        public void start() throws IOException, LiveUpdateException {
            generation = new Generation(flbs);
            if (cargo == null) {
                cargo = Cargo.load(FILES);
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

    /** Files the JVM has never hashed. */
    @State(Scope.Benchmark)
    public static class Fresh {
        Cargo[] cargo;

        /** Fixture. */
        @Setup(Level.Invocation)
        public void load() {
            cargo = Cargo.load(FILES);
        }
    }

    /** Into the session. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public Session preserve(Core core, Empty empty) throws LiveUpdateException {
        Generation.preserve(empty.session, core.cargo);
        return empty.session;
    }

    /** Into the session, with objects that have no identity hash yet: computing it is part of the price. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public Session preserveFresh(Fresh fresh, Empty empty) throws LiveUpdateException {
        Generation.preserve(empty.session, fresh.cargo);
        return empty.session;
    }

    /** Out of the session. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public Session unpreserve(Full full) throws LiveUpdateException {
        full.session.close();
        return full.session;
    }

    /** Both, without a timer in between; opening and closing the session is shared by all its files. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public Session preserveAndUnpreserve(Core core) throws LiveUpdateException {
        Session session = core.generation.newSession();
        Generation.preserve(session, core.cargo);
        session.close();
        return session;
    }
}
