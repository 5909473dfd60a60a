package org.liveupdate.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.image.MemoryState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Verifying a restored block: each page copied and summed, page faults of a fresh mapping included. */
@State(Scope.Benchmark)
public class VerifyBenchmark extends Timed {
    /** Length of the block in bytes. */
    static final int BYTES = 16 << 20;

    private Path directory;
    private MemoryState state;
    private long address;
    private HandoverMemory attached;

    /** Fixture: a block of noise. */
    @Setup(Level.Trial)
    public void make() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "verify");
        try (HandoverMemory memory = HandoverMemory.create(directory, MemoryOptions.defaults())) {
            Region region = memory.newScope("verified", memory.pool("verified")).allocPreserve(BYTES);
            byte[] noise = new byte[BYTES];
            new Random(1).nextBytes(noise);
            region.write(0, noise, 0, BYTES);
            address = region.address();
            memory.freeze();
            state = memory.state();
        }
    }

    /** Fixture. */
    @Setup(Level.Invocation)
    public void attach() throws IOException {
        attached = HandoverMemory.attach(directory, state,
                MemoryOptions.defaults().withVerifiedAtOnceBytes(BYTES));
    }

    /** Fixture. */
    @TearDown(Level.Invocation)
    public void close() throws IOException {
        attached.close();
    }

    /** Fixture. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Files.delete(directory.resolve(state.fileName()));
        Files.delete(directory);
    }

    /** Restoring, which verifies. */
    @Benchmark
    public Region verify() {
        return attached.scope(1).restore(address);
    }
}
