package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageWriter;
import org.liveupdate.kho.image.MemoryState;

/** Handing over the same contents again and again takes no page more: of the file, of blocks, of the image; free memory does not fall apart. */
class NoGrowthTest {

    private static final int HANDOVERS = 200;

    @TempDir
    Path directory;

    @Test
    void twoHundredHandoversTakeNotAPageMore() throws IOException {
        HandoverMemory memory = HandoverMemory.create(directory, MemoryOptions.defaults());
        for (int file = 0; file < 60; file++) {
            ScopeControl scope = memory.newScope("file " + file, memory.pool("p"));
            for (int block = 0; block <= file % 5; block++) {
                scope.allocPreserve(4096L << (file + block) % 6).putLong(0, 100L * file + block);
            }
            scope.allocPreserve(4096, Secrecy.SECRET);
        }
        List<Long> first = null;
        for (int handover = 0; handover < HANDOVERS; handover++) {
            memory.pool("scratch").allocate(4096L << handover % 9, Secrecy.SECRET);
            memory.freeze();
            byte[] image = image(memory.state());
            memory.fence();
            memory.close();
            memory = HandoverMemory.attach(directory, read(image), MemoryOptions.defaults());
            memory.thaw();
            MemoryStatistics now = memory.statistics();
            List<Long> figures = new ArrayList<>(List.of((long) image.length, now.totalPages(), now.usedPages(),
                    now.preservedPages()));
            figures.addAll(now.freeBlocks());
            first = first == null ? figures : first;
            assertEquals(first, figures, "handover " + handover);
            assertTrue(now.highWaterPages() <= now.usedPages() + (1 << 9), "besides the scratch block");
            assertTrue(now.fragmentation() < 0.6, "free memory in pieces: " + now.fragmentation());
            renew(memory);
        }
        memory.close();
    }

    /** What a provider does: takes each file over, and preserves it again. */
    private static void renew(HandoverMemory memory) {
        for (var scope : memory.state().scopes()) {
            ScopeControl inherited = memory.scope(scope.id());
            ScopeControl again = memory.newScope(scope.owner(), memory.pool("p"));
            inherited.usePool(memory.pool("p"));
            List<Long> addresses = new ArrayList<>();
            for (int i = 0; i < scope.blocks(); i++) {
                addresses.add(inherited.restore(scope.address(i)).address());
            }
            assertEquals(0, inherited.close());
            addresses.forEach(again::preserve);
        }
    }

    private static byte[] image(MemoryState state) {
        ImageWriter image = new ImageWriter();
        return image.finish(FdtNode.root().add(state.writeTo(image))).array();
    }

    private static MemoryState read(byte[] image) throws IOException {
        ImageReader reader = ImageReader.open(image, Path.of("image"));
        return MemoryState.readFrom(reader, reader.tree().child(MemoryState.NODE).orElseThrow());
    }
}
