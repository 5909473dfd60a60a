package org.liveupdate.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Attaching to handover memory of a size, full of preserved blocks that nobody has looked at yet. */
@State(Scope.Benchmark)
public class AttachBenchmark extends Timed {
    private static final long LARGEST_BLOCK = 1L << 30;

    /** Length of the memory file in MiB. */
    @Param({"1", "1024", "8192"})
    public int mebibytes;
    private Path directory;
    private MemoryState state;

    /** Fixture: a sparse file and what an image would say about it. */
    @Setup(Level.Trial)
    public void make() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "attach");
        long bytes = (long) mebibytes << 20;
        try (HandoverMemory memory = HandoverMemory.create(directory, MemoryOptions.defaults());
                FileChannel file = FileChannel.open(memory.file(), StandardOpenOption.WRITE)) {
            String name = memory.file().getFileName().toString();
            file.truncate(bytes);
            file.write(ByteBuffer.allocate(1), bytes - 1);
            state = new MemoryState(name, bytes, 2, List.of(halves(bytes)));
        }
    }

    /** The upper half of each GiB, or of the file if it is smaller. */
    private static ScopeState halves(long bytes) {
        long part = Math.min(bytes, LARGEST_BLOCK);
        int order = Long.numberOfTrailingZeros(part / 2 / 4096);
        ScopeState.Builder scope = new ScopeState.Builder(1, "attached", (int) (bytes / part));
        for (long at = part / 2; at < bytes; at += part) {
            scope.add(at, order);
        }
        return scope.build();
    }

    /** Fixture. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Files.delete(directory.resolve(state.fileName()));
        Files.delete(directory);
    }

    /** Attaching, and letting go again. */
    @Benchmark
    public void attach() throws IOException {
        HandoverMemory.attach(directory, state, MemoryOptions.defaults()).close();
    }
}
