package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageStore;
import org.liveupdate.kho.image.ImageWriter;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.StoredImage;

/** Memory handed to a JVM of its own, which hands it back. */
@Timeout(60)
class SuccessorTest {

    private static final String BLOCK = "block";

    @TempDir
    Path directory;

    @Test
    void aSecondJvmFindsWhatTheFirstWroteAndCanGoOn() throws Exception {
        HandoverDirectory handover = HandoverDirectory.open(directory);
        long address;
        try (HandoverMemory memory = HandoverMemory.create(directory, MemoryOptions.defaults())) {
            Region region = memory.newScope("file 1", memory.pool("p")).allocPreserve(1 << 20);
            address = region.address();
            for (int i = 0; i < 1 << 20; i += 8) {
                region.putLong(i, 31L * i);
            }
            commit(handover, 1, memory, address);
            try (ChildJvm successor = ChildJvm.start(Successor.class, directory.toString())) {
                assertEquals("confirmed", successor.receive());
                memory.fence();
                assertRefused(Reason.FENCED, () -> region.putLong(0, 1));
                successor.send("go on");
                assertEquals("committed", successor.receive());
                assertEquals(0, successor.end());
            }
        }
        ImageStore store = new ImageStore(handover);
        StoredImage image = store.pending().orElseThrow();
        assertEquals(2, image.number());
        assertEquals(1, store.images().get(0).number());
        assertTrue(handover.leftovers().isEmpty(), "the memory file is needed");
        store.claim(2);
        ImageReader reader = ImageReader.open(store.load(store.pending().orElseThrow()), image.path());
        try (HandoverMemory memory = HandoverMemory.attach(directory, memoryState(reader), MemoryOptions.defaults())) {
            assertEquals(32, memory.scope(1).region(address).getLong(0));
            assertEquals(31L * 8, memory.scope(1).region(address).getLong(8));
        }
    }

    /** The second JVM: checks, confirms, changes one number, commits. */
    public static final class Successor {

        private Successor() {}

        public static void main(String[] arguments) throws IOException {
            HandoverDirectory handover = HandoverDirectory.open(Path.of(arguments[0]));
            ImageStore store = new ImageStore(handover);
            StoredImage image = store.claim(store.pending().map(StoredImage::number).orElseThrow());
            ImageReader reader = ImageReader.open(store.load(image), image.path());
            HandoverMemory memory =
                    HandoverMemory.attach(handover.path(), memoryState(reader), MemoryOptions.defaults());
            Region region = memory.scope(1).restore(reader.tree().u64(BLOCK));
            for (int i = 0; i < region.size(); i += 8) {
                if (region.getLong(i) != 31L * i) {
                    throw new AssertionError("offset " + i);
                }
            }
            if (!store.confirm(image.number())) {
                throw new AssertionError("taken back");
            }
            System.out.println("confirmed");
            if (System.in.read() != 'g') {
                throw new AssertionError("no word from the first JVM");
            }
            memory.thaw();
            region.putLong(0, 32);
            commit(handover, 2, memory, region.address());
            System.out.println("committed");
        }
    }

    private static void commit(HandoverDirectory handover, long number, HandoverMemory memory, long block)
            throws IOException {
        memory.freeze();
        ImageWriter image = new ImageWriter();
        FdtNode root = FdtNode.root().setU64(BLOCK, block).add(memory.state().writeTo(image));
        new ImageStore(handover).commit(number, image.finish(root));
    }

    private static MemoryState memoryState(ImageReader reader) throws IOException {
        Optional<FdtNode> node = reader.tree().child(MemoryState.NODE);
        return MemoryState.readFrom(reader, node.orElseThrow());
    }
}
