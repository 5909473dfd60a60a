package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtWriter;
import org.liveupdate.kho.image.ImageException.Kind;

class MemoryStateTest {

    private static final String FILE = "memory-0123456789abcdef";
    private static final int SCOPES = 4096 + 16;
    private static final int BLOCKS = 8192 + 16;

    @Test
    void theStateComesBackAsItWasWritten() throws ImageException {
        MemoryState state = state();
        MemoryState read = read(state, node -> {}, image -> {});
        assertEquals(FILE, read.fileName());
        assertEquals(1 << 30, read.fileBytes());
        assertEquals(9, read.nextScopeId());
        assertEquals(3, read.scopes().size());
        assertEquals("flb hugetlb-v1", read.scopes().get(0).owner());
        assertEquals(2, read.scopes().get(0).blocks());
        assertEquals(4096, read.scopes().get(0).address(0));
        assertEquals(3, read.scopes().get(0).order(1));
        assertEquals(0, read.scopes().get(1).blocks());
        assertEquals(8, read.scopes().get(2).id());
    }

    @Test
    void theDraftIsAsLongAsTheNode() {
        MemoryState state = state();
        ImageWriter image = new ImageWriter();
        FdtNode node = state.writeTo(image);
        assertEquals(FdtWriter.size(FdtNode.root().add(state.draft())),
                FdtWriter.size(FdtNode.root().add(node)));
    }

    @Test
    void version1IsReadAndKnowsNoDevices() throws ImageException {
        Consumer<FdtNode> version1 = node -> node.setString("compatible", "liveupdate-kho-v1");
        assertEquals(state(), read(state(), version1, image -> {}));
        ImageException e = assertThrows(ImageException.class,
                () -> read(state(), version1, image -> image.put(BLOCKS + 9, (byte) 4)));
        assertEquals(BLOCKS + 9, e.offset(), e::getMessage);
    }

    @Test
    void anEmptyStateNeedsNoPages() throws ImageException {
        MemoryState read = read(new MemoryState(FILE, 4096, 1, List.of()), node -> {}, image -> {});
        assertEquals(List.of(), read.scopes());
    }

    @Test
    void otherVersionsAreTooOldOrTooNew() {
        assertEquals(Kind.TOO_NEW, refusal(node -> node.setString("compatible", "liveupdate-kho-v3")).kind());
        assertEquals(Kind.CORRUPT, refusal(node -> node.setString("compatible", "liveupdate-kho-v0")).kind());
        assertEquals(Kind.CORRUPT, refusal(node -> node.setString("compatible", "luo-v1")).kind());
        assertEquals(Kind.CORRUPT, refusal(node -> node.set("compatible", new byte[0])).kind());
    }

    @Test
    void aFormatThatIsNotReadAnyMoreIsTooOld() throws ImageException {
        ImageWriter writer = new ImageWriter();
        FdtNode root = FdtNode.root().setString("compatible", "luo-v1");
        ImageReader reader = ImageReader.open(writer.finish(root).array(), Path.of("image"));
        assertEquals(1, new Format("luo", 2, 1, 2).require(reader, reader.tree()));
        assertEquals(Kind.TOO_OLD, assertThrows(ImageException.class,
                () -> new Format("luo", 3, 2, 3).require(reader, reader.tree())).kind());
    }

    @Test
    void propertiesThatLieAreCorrupt() {
        assertCorrupt(node -> node.setString("memory-file", "../memory-0123456789abcdef"));
        assertCorrupt(node -> node.setString("memory-file", "memory-0123456789abcde"));
        assertCorrupt(node -> node.setU32("memory-size", 4096));
        for (long value : new long[]{0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertCorrupt(node -> node.setU64("memory-size", value));
        }
        for (long value : new long[]{0, 1, 8, -1, Long.MIN_VALUE}) {
            assertCorrupt(node -> node.setU64("next-scope-id", value));
        }
        for (long value : new long[]{0, 1, -1, 64, 8192, 12288, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertCorrupt(node -> node.setU64("scopes", value));
        }
        for (long value : new long[]{0, 1, -1, 4096, 12288}) {
            assertCorrupt(node -> node.setU64("blocks", value));
        }
    }

    @Test
    void scopesThatLieAreCorrupt() {
        for (long value : new long[]{0, -1, 9, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertCorrupt(SCOPES, image -> image.putLong(SCOPES, value));
        }
        assertCorrupt(160 + SCOPES, image -> image.putLong(SCOPES, 5));
        assertCorrupt(160 + SCOPES, image -> image.putLong(160 + SCOPES, 1));
        for (long value : new long[]{4, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertCorrupt(SCOPES + 8, image -> image.putLong(SCOPES + 8, value));
        }
        assertCorrupt(offset("blocks"), image -> image.putLong(320 + SCOPES + 8, 0));
        assertCorrupt(SCOPES + 16, image -> image.put(SCOPES + 16 + 143, (byte) 1));
    }

    @Test
    void blocksThatLieAreCorrupt() {
        for (long value : new long[]{0, 1, -1, -4096, 1 << 30, 4097, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertCorrupt(BLOCKS, image -> image.putLong(BLOCKS, value));
        }
        assertCorrupt(BLOCKS + 16, image -> image.putLong(BLOCKS + 16, 4096));
        for (int order : new int[]{19, 64, -1, -128}) {
            assertCorrupt(BLOCKS + 8, image -> image.put(BLOCKS + 8, (byte) order));
        }
        for (int flags : new int[]{6, 8, 16, 32, 64, -128, 7}) {
            assertCorrupt(BLOCKS + 9, image -> image.put(BLOCKS + 9, (byte) flags));
        }
        assertCorrupt(BLOCKS + 10, image -> image.put(BLOCKS + 10, (byte) 1));
        assertCorrupt(BLOCKS + 10, image -> image.put(BLOCKS + 11, (byte) 1));
        assertCorrupt(BLOCKS + 12, image -> image.putInt(BLOCKS + 12, 1));
    }

    @Test
    void blocksKeepTheirChecksumsAndSecrets() throws ImageException {
        BlockTable.Builder blocks = new BlockTable.Builder(5);
        blocks.addWrittenByDevices(1 << 16, 0, false);
        blocks.addWrittenByDevices(1 << 17, 1, true);
        blocks.addSummed(4096, 0, true, -1);
        blocks.addSummed(8192, 1, false, 0);
        blocks.add(16384, 2, true);
        BlockTable.Builder erase = new BlockTable.Builder(1);
        erase.add(1 << 20, 3, true);
        MemoryState state = new MemoryState(FILE, 1 << 30, 9, List.of(new ScopeState(3, "s", blocks.build())),
                erase.build());
        assertEquals(state, read(state, node -> {}, image -> {}));
    }

    /** Where the value of a property is in the image. */
    private static long offset(String property) {
        return refusal(node -> node.set(property, new byte[0])).offset();
    }

    private static MemoryState state() {
        ScopeState.Builder flb = new ScopeState.Builder(1, "flb hugetlb-v1", 2);
        flb.add(4096, 0);
        flb.add(32768, 3);
        ScopeState.Builder empty = new ScopeState.Builder(4, "file s/1", 0);
        ScopeState.Builder file = new ScopeState.Builder(8, "file s/2", 1);
        file.add(1 << 20, 8);
        return new MemoryState(FILE, 1 << 30, 9, List.of(flb.build(), empty.build(), file.build()));
    }

    private static void assertCorrupt(Consumer<FdtNode> change) {
        assertEquals(Kind.CORRUPT, refusal(change).kind());
    }

    private static ImageException refusal(Consumer<FdtNode> change) {
        return assertThrows(ImageException.class, () -> read(state(), change, image -> {}));
    }

    private static void assertCorrupt(long offset, ImageTest.Change change) {
        ImageException e = assertThrows(ImageException.class, () -> read(state(), node -> {}, change));
        assertEquals(Kind.CORRUPT, e.kind());
        assertEquals(offset, e.offset(), e::getMessage);
    }

    private static MemoryState read(MemoryState state, Consumer<FdtNode> changeNode, ImageTest.Change changeImage)
            throws ImageException {
        ImageWriter writer = new ImageWriter();
        FdtNode node = state.writeTo(writer);
        changeNode.accept(node);
        byte[] image = ImageTest.changed(writer.finish(FdtNode.root().add(node)).array(), changeImage);
        ImageReader reader = ImageReader.open(image, Path.of("image"));
        return MemoryState.readFrom(reader, reader.tree().child(MemoryState.NODE).orElseThrow());
    }

    @Test
    void aMissingPropertyIsCorrupt() {
        ImageWriter writer = new ImageWriter();
        FdtNode node = FdtNode.named(MemoryState.NODE).setString("compatible", "liveupdate-kho-v2");
        byte[] image = writer.finish(FdtNode.root().add(node)).array();
        ImageException e = assertThrows(ImageException.class, () -> {
            ImageReader reader = ImageReader.open(image, Path.of("image"));
            MemoryState.readFrom(reader, reader.tree().child(MemoryState.NODE).orElseThrow());
        });
        assertEquals(FdtException.class, e.getCause().getClass());
        assertTrue(e.getMessage().contains("memory-file"), e.getMessage());
    }
}
