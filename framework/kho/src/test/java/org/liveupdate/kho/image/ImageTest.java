package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageException.Kind;

class ImageTest {

    private static final Path NAME = Path.of("directory", "image-3.claimed");
    private static final String HEAD = "head";

    @Test
    void entriesComeBackInOrder() throws ImageException, FdtException {
        for (int count : new int[]{0, 1, 62, 63, 64, 1000}) {
            ImageReader reader = open(chainOf(count));
            BlockChainReader chain = reader.chain(reader.tree().u64(HEAD), 64, 1000);
            assertEquals(count, chain.count());
            for (int i = 0; i < count; i++) {
                ByteBuffer entry = chain.next();
                assertEquals(64, entry.remaining());
                assertEquals(i, entry.getLong(0));
                assertEquals("name " + i, chain.string(entry, 8, 48));
                assertThrows(ReadOnlyBufferException.class, () -> entry.putLong(0, 1));
            }
            assertNull(chain.next());
            assertNull(chain.next());
            assertEquals((count + 62) / 63, reader.pages());
        }
    }

    @Test
    void chainsThatAreWrittenAtTheSameTimeDoNotMix() throws ImageException {
        ImageWriter writer = new ImageWriter();
        BlockChainWriter one = new BlockChainWriter(writer, 1000);
        BlockChainWriter two = new BlockChainWriter(writer, 2000);
        for (int i = 0; i < 20; i++) {
            one.append().putInt(0, i);
            two.append().putInt(0, -i);
        }
        ImageReader reader = open(writer.finish(FdtNode.root()).array());
        BlockChainReader first = reader.chain(one.head(), 1000, 20);
        BlockChainReader second = reader.chain(two.head(), 2000, 20);
        for (int i = 0; i < 20; i++) {
            assertEquals(i, first.next().getInt(0));
            assertEquals(-i, second.next().getInt(0));
        }
    }

    @Test
    void twoHeadsCannotLeadToTheSameChain() throws ImageException {
        ImageReader reader = open(chainOf(64));
        reader.chain(4096, 64, 64);
        ImageException e = assertThrows(ImageException.class, () -> reader.chain(4096, 64, 64));
        assertTrue(e.getMessage().contains("is in two"), e.getMessage());
    }

    @Test
    void treesOfSeveralPagesAreSizedByADraft() throws ImageException, FdtException {
        FdtNode root = FdtNode.root();
        for (int i = 0; i < 500; i++) {
            root.add(FdtNode.named("node@" + i).setU64("address", 0));
        }
        ImageWriter writer = ImageWriter.forTree(root);
        ByteBuffer page = writer.newPage();
        page.putLong(0, 77);
        long address = writer.lastPageAddress();
        assertTrue(address > 4096);
        root.child("node@499").orElseThrow().setU64("address", address);
        ImageReader reader = open(writer.finish(root).array());
        assertEquals(77, reader.page(reader.tree().child("node@499").orElseThrow().u64("address")).getLong(0));

        ImageWriter tooSmall = new ImageWriter();
        assertThrows(IllegalArgumentException.class, () -> tooSmall.finish(root));
        assertThrows(IllegalStateException.class, tooSmall::lastPageAddress);
    }

    @Test
    void everyTruncationIsCorrupt() {
        byte[] image = chainOf(64);
        for (int length = 0; length < image.length; length++) {
            byte[] part = Arrays.copyOf(image, length);
            assertEquals(Kind.CORRUPT, refusal(part).kind());
        }
        assertEquals(Kind.CORRUPT, refusal(Arrays.copyOf(image, image.length + 1)).kind());
        assertEquals(Kind.CORRUPT, refusal(Arrays.copyOf(image, image.length + 4096)).kind());
    }

    @Test
    void everyFlippedBitIsCorrupt() {
        byte[] image = chainOf(1);
        for (int bit = 0; bit < image.length * 8; bit++) {
            image[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Kind.CORRUPT, refusal(image).kind(), "bit " + bit);
            image[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void versionsAreToldFromDamage() throws ImageException {
        byte[] image = chainOf(1);
        int trailer = image.length - ImageLayout.TRAILER_BYTES;
        assertEquals(Kind.TOO_NEW, refusal(changed(image, b -> b.putInt(trailer + ImageLayout.VERSION_OFFSET, 2)
                .putInt(trailer + ImageLayout.COMPATIBLE_OFFSET, 2))).kind());
        open(changed(image, b -> b.putInt(trailer + ImageLayout.VERSION_OFFSET, 2)));
        assertEquals(Kind.TOO_OLD, refusal(changed(image, b -> b.putInt(trailer + ImageLayout.VERSION_OFFSET, 0)
                .putInt(trailer + ImageLayout.COMPATIBLE_OFFSET, 0))).kind());
        assertEquals(Kind.CORRUPT,
                refusal(changed(image, b -> b.putInt(trailer + ImageLayout.COMPATIBLE_OFFSET, -1))).kind());
        ImageException tree = refusal(changed(image, b -> b.order(ByteOrder.BIG_ENDIAN).putInt(20, 99).putInt(24, 99)));
        assertEquals(Kind.TOO_NEW, tree.kind());
    }

    @Test
    void aTrailerThatLiesAboutTheTreeIsCorrupt() {
        byte[] image = chainOf(1);
        int trailer = image.length - ImageLayout.TRAILER_BYTES;
        for (long bytes : new long[]{0, 1, 4095, 4097, 12288, -1, Long.MIN_VALUE, 1L << 32}) {
            ImageException e = refusal(changed(image, b -> b.putLong(trailer + ImageLayout.TREE_BYTES_OFFSET, bytes)));
            assertEquals(trailer + ImageLayout.TREE_BYTES_OFFSET, e.offset());
        }
    }

    @Test
    void messagesSayWhatWhereAndWhatToDo() {
        byte[] image = chainOf(1);
        image[4096] ^= 1;
        ImageException e = refusal(image);
        assertEquals(NAME, e.path());
        assertEquals(image.length - 4, e.offset());
        assertTrue(e.getMessage().matches(".*image-3.claimed is corrupt at offset \\d+: expected checksum [0-9a-f]+, "
                + "found [0-9a-f]+; discard it"), e.getMessage());
    }

    @Test
    void chainsThatLieAreCorrupt() throws ImageException {
        byte[] image = chainOf(64);
        long first = 4096;
        long second = 8192;
        assertChain(image, first, b -> b.putLong((int) second, second), "a cycle");
        assertChain(image, first, b -> b.putLong((int) second, first), "a cycle");
        assertChain(image, first, b -> b.putLong((int) first, second + 8), "multiple of 4096");
        assertChain(image, first, b -> b.putLong((int) first, 0x3000), "0x3000");
        assertChain(image, first, b -> b.putLong((int) first, -4096), "0xfffffffffffff000");
        assertChain(image, first, b -> b.putLong((int) first, Long.MIN_VALUE), "0x8000000000000000");
        assertChain(image, first, b -> b.putLong((int) first + 8, 64), "1 to 63");
        assertChain(image, first, b -> b.putLong((int) first + 8, 0), "1 to 63");
        assertChain(image, first, b -> b.putLong((int) second + 8, -1), "18446744073709551615");
        assertChain(image, 0x1001, b -> b.getLong(0), "multiple");
        assertChain(image, 64, b -> b.getLong(0), "multiple");

        ImageReader reader = open(image);
        ImageException tooMany = assertThrows(ImageException.class, () -> reader.chain(first, 64, 63));
        assertTrue(tooMany.getMessage().contains("at most 63 entries"), tooMany.getMessage());
        ImageReader shared = open(image);
        shared.chain(first, 64, 64);
        assertTrue(assertThrows(ImageException.class, () -> shared.chain(second, 64, 64)).getMessage()
                .contains("is in two"));
    }

    @Test
    void stringsThatLieAreCorrupt() throws ImageException {
        byte[] image = chainOf(1);
        int field = 4096 + 16 + 8;
        assertString(image, b -> {
            for (int i = 0; i < 48; i++) {
                b.put(field + i, (byte) 'x');
            }
        });
        assertString(image, b -> b.put(field + 47, (byte) 'x'));
        assertString(image, b -> b.put(field, (byte) 0xff));
    }

    @Test
    void stringsHaveToFit() {
        ByteBuffer field = ByteBuffer.allocate(100);
        FixedString.put(field, 10, 4, "äb");
        assertEquals("äb", FixedString.get(field, 10, 4));
        assertTrue(FixedString.fits("abc", 4));
        for (String text : new String[]{"abcd", "ääa", "a\0", "\ud800"}) {
            assertThrows(IllegalArgumentException.class, () -> FixedString.put(field, 10, 4, text), text);
        }
        assertThrows(IllegalArgumentException.class, () -> new BlockChainWriter(new ImageWriter(), 4081));
        assertThrows(IllegalArgumentException.class, () -> new BlockChainWriter(new ImageWriter(), 0));
    }

    interface Change {
        void apply(ByteBuffer image);
    }

    /** A copy with one thing changed and a checksum that fits. */
    static byte[] changed(byte[] image, Change change) {
        byte[] copy = image.clone();
        change.apply(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
        CRC32C checksum = new CRC32C();
        checksum.update(copy, 0, copy.length - 4);
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(copy.length - 4, (int) checksum.getValue());
        return copy;
    }

    private static byte[] chainOf(int entries) {
        ImageWriter writer = new ImageWriter();
        BlockChainWriter chain = new BlockChainWriter(writer, 64);
        for (int i = 0; i < entries; i++) {
            ByteBuffer entry = chain.append();
            entry.putLong(0, i);
            FixedString.put(entry, 8, 48, "name " + i);
        }
        byte[] image = writer.finish(FdtNode.root().setU64(HEAD, chain.head())).array();
        assertEquals(writer.length(), image.length);
        return image;
    }

    private static ImageReader open(byte[] image) throws ImageException {
        return ImageReader.open(image, NAME);
    }

    private static ImageException refusal(byte[] image) {
        return assertThrows(ImageException.class, () -> open(image));
    }

    private static void assertChain(byte[] image, long head, Change change, String message) throws ImageException {
        ImageReader reader = open(changed(image, change));
        ImageException e = assertThrows(ImageException.class, () -> reader.chain(head, 64, 1000));
        assertEquals(Kind.CORRUPT, e.kind());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static void assertString(byte[] image, Change change) throws ImageException {
        BlockChainReader chain = open(changed(image, change)).chain(4096, 64, 1);
        ByteBuffer entry = chain.next();
        ImageException e = assertThrows(ImageException.class, () -> chain.string(entry, 8, 48));
        assertEquals(4096 + 16 + 8, e.offset());
    }
}
