package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageWriter;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;

/** What is large in one of its dimensions; the bytes of a block are what these tests do without. */
class LargeMemoryTest {

    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    /** A scope with a block at the end of each of six segments, as an image would have it: no room is reserved. */
    @Test
    void addressesBeyondTwoGibibytesReachTheRightBytes() throws IOException {
        ScopeState.Builder blocks = new ScopeState.Builder(1, "large", 6);
        for (int segment = 0; segment < 6; segment++) {
            blocks.add((segment + 1) * GIB - 8192, 1);
        }
        MemoryState state = sparse(6 * GIB, blocks.build());
        try (HandoverMemory memory = HandoverMemory.attach(directory, state, MemoryOptions.defaults())) {
            memory.thaw();
            for (int segment = 0; segment < 6; segment++) {
                memory.scope(1).restore((segment + 1) * GIB - 8192).putLong(8184, segment + 1000L);
            }
        }
        try (HandoverMemory memory = HandoverMemory.attach(directory, state, MemoryOptions.defaults())) {
            for (int segment = 0; segment < 6; segment++) {
                assertEquals(segment + 1000L, memory.scope(1).region((segment + 1) * GIB - 8192).getLong(8184));
            }
        }
    }

    @Test
    void aFullFileGrowsByASegment() throws IOException {
        ScopeState.Builder blocks = new ScopeState.Builder(1, "full", 20);
        blocks.add(2 * GIB, 18);
        blocks.add(GIB, 18);
        for (int order = 0; order < 18; order++) {
            blocks.add(4096L << order, order);
        }
        MemoryState state = sparse(3 * GIB, blocks.build());
        try (HandoverMemory memory = HandoverMemory.attach(directory, state, MemoryOptions.defaults())) {
            memory.thaw();
            Region region = memory.pool("p").allocate(4096);
            assertEquals(3 * GIB, region.address());
            region.putLong(0, 9);
            assertEquals(9, memory.pool("p").region(3 * GIB).getLong(0));
            assertEquals(4 * GIB, memory.state().fileBytes());
        }
    }

    @Test
    void aFileThatEndsWithinASegmentGrowsOn() throws IOException {
        MemoryState state;
        try (HandoverMemory memory = HandoverMemory.create(directory, new MemoryOptions(20 * 4096 + 100))) {
            memory.newScope("s", memory.pool("p")).allocPreserve(4096).putInt(0, 77);
            state = memory.state();
        }
        assertEquals(20 * 4096, state.fileBytes());
        try (HandoverMemory memory = HandoverMemory.attach(directory, state, MemoryOptions.defaults())) {
            memory.thaw();
            Region old = memory.scope(1).restore(4096);
            Region beyond = memory.pool("p").allocate(64 * 4096);
            beyond.putLong(beyond.size() - 8, 5);
            assertEquals(77, old.getInt(0));
            assertEquals(5, beyond.getLong(beyond.size() - 8));
            assertEquals(GIB, memory.state().fileBytes());
        }
    }

    @Test
    void manyBlocksStayQuickAndSurviveTheImage() throws IOException {
        int count = 1_000_000;
        ScopeState.Builder blocks = new ScopeState.Builder(1, "many", count);
        for (int i = 0; i < count; i++) {
            blocks.add((1 + 2L * i) * 4096, 0);
        }
        MemoryState state = sparse(8 * GIB, blocks.build());
        ImageWriter image = new ImageWriter();
        FdtNode root = FdtNode.root().add(state.writeTo(image));
        byte[] bytes = image.finish(root).array();

        ImageReader reader = ImageReader.open(bytes, Path.of("many"));
        MemoryState loaded = MemoryState.readFrom(reader, reader.tree().child(MemoryState.NODE).orElseThrow());
        try (HandoverMemory memory = HandoverMemory.attach(directory, loaded, MemoryOptions.defaults())) {
            memory.thaw();
            ScopeControl scope = memory.scope(1);
            assertEquals(count, scope.pages());
            assertEquals(count, memory.statistics().usedPages());
            List<Region> regions = new ArrayList<>();
            for (int i = 0; i < count; i += 10) {
                regions.add(scope.restore((1 + 2L * i) * 4096));
            }
            for (int i = 0; i < 1000; i++) {
                scope.restoreFree(regions.get(i).address());
            }
            assertEquals(count - 1000, scope.blocks().size());
            assertTrue(memory.statistics().freeBlocks().get(0) > 0);
            scope.reset();
            scope.discard();
            assertEquals(0, memory.statistics().usedPages());
            assertEquals(0, memory.statistics().fragmentation());
        }
    }

    /** A memory file of that length without any room taken, and what an image would say about it. */
    private MemoryState sparse(long bytes, ScopeState scope) throws IOException {
        MemoryState empty;
        try (HandoverMemory memory = HandoverMemory.create(directory, MemoryOptions.defaults());
                FileChannel channel = FileChannel.open(memory.file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
            empty = memory.state();
        }
        return new MemoryState(empty.fileName(), bytes, 2, List.of(scope));
    }
}
