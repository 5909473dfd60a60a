package org.liveupdate.kho.fdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Trees that are broken in one place each. */
class FdtReaderTest {

    private static final FdtNode TREE = FdtNode.root().setString("compatible", "luo-v1").setU64("number", 3)
            .add(FdtNode.named("luo-flb").setString("compatible", "luo-flb-v1").setU64("header", 4096))
            .add(FdtNode.named("luo-session").set("odd", new byte[5]));
    private static final int STRUCTURE = 56;

    @Test
    void everyTruncationIsRefused() {
        byte[] blob = FdtWriter.write(TREE);
        for (int length = 0; length < blob.length; length++) {
            byte[] part = Arrays.copyOf(blob, length);
            assertThrows(FdtException.class, () -> FdtReader.read(part), () -> part.length + " bytes");
        }
    }

    @Test
    void everyBitThatIsFlippedIsRefusedOrGivesSomeTree() {
        byte[] blob = FdtWriter.write(TREE);
        int refused = 0;
        for (int bit = 0; bit < blob.length * 8; bit++) {
            byte[] broken = blob.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            refused += isRefused(broken) ? 1 : 0;
        }
        assertTrue(refused > blob.length * 4, "only " + refused + " of " + blob.length * 8);
    }

    @Test
    void everyCellOfAnyValueIsRefusedOrGivesSomeTree() {
        byte[] blob = FdtWriter.write(TREE);
        int[] values =
                {0, 1, 2, 3, 4, 9, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, blob.length, blob.length - 4, 36, 40};
        for (int offset = 0; offset + 4 <= blob.length; offset += 4) {
            for (int value : values) {
                byte[] broken = blob.clone();
                ByteBuffer.wrap(broken).putInt(offset, value);
                isRefused(broken);
            }
        }
    }

    @Test
    void theHeaderIsChecked() {
        assertBroken(0, blob -> blob.putInt(0, 0xd00dfeee));
        assertBroken(FdtLayout.TOTAL_SIZE, blob -> blob.putInt(FdtLayout.TOTAL_SIZE, blob.capacity() + 1));
        assertBroken(FdtLayout.TOTAL_SIZE, blob -> blob.putInt(FdtLayout.TOTAL_SIZE, -1));
        assertBroken(FdtLayout.STRUCTURE_OFFSET, blob -> blob.putInt(FdtLayout.STRUCTURE_OFFSET, STRUCTURE + 2));
        assertBroken(FdtLayout.STRUCTURE_OFFSET, blob -> blob.putInt(FdtLayout.STRUCTURE_OFFSET, 8));
        assertBroken(FdtLayout.STRINGS_OFFSET, blob -> blob.putInt(FdtLayout.STRINGS_OFFSET, 1 << 30));
        assertBroken(FdtLayout.RESERVATIONS_OFFSET, blob -> blob.putInt(FdtLayout.RESERVATIONS_OFFSET, 44));
        assertBroken(FdtLayout.STRUCTURE_SIZE, blob -> blob.putInt(FdtLayout.STRUCTURE_SIZE, blob.capacity()));
        assertBroken(FdtLayout.STRINGS_SIZE, blob -> blob.putInt(FdtLayout.STRINGS_SIZE, -4));
        assertBroken(FdtLayout.VERSION_OFFSET, blob -> blob.putInt(FdtLayout.VERSION_OFFSET, 3));
        assertBroken(FdtLayout.LAST_COMPATIBLE_OFFSET, blob -> blob.putInt(FdtLayout.LAST_COMPATIBLE_OFFSET, -1));
        // the strings start inside the structure
        assertBroken(STRUCTURE, blob -> blob.putInt(FdtLayout.STRINGS_OFFSET, STRUCTURE + 8).putInt(
                FdtLayout.STRINGS_SIZE, 4));
        // the reservations do not end before the strings
        assertBroken(40, blob -> {
            for (int at = 40; at + 8 <= blob.capacity(); at += 8) {
                blob.putLong(at, -1);
            }
        });
    }

    @Test
    void aLaterVersionIsReadIfItSaysSoAndIsTooNewOtherwise() throws FdtException {
        ByteBuffer blob = ByteBuffer.wrap(FdtWriter.write(TREE)).putInt(FdtLayout.VERSION_OFFSET, 18);
        FdtRoundTripTest.assertSame(TREE, FdtReader.read(blob));
        blob.putInt(FdtLayout.LAST_COMPATIBLE_OFFSET, 18);
        assertTrue(assertThrows(FdtException.class, () -> FdtReader.read(blob)).isTooNew());
    }

    @Test
    void theTokensAreChecked() {
        ByteBuffer tokens = ByteBuffer.allocate(4);
        assertStructure("a token", tokens.putInt(0, 7).array());
        assertStructure("one whole root", tokens.putInt(0, FdtLayout.END).array());
        assertStructure("END_NODE", tokens.putInt(0, FdtLayout.END_NODE).array());
        assertStructure("inside a node", tokens.putInt(0, FdtLayout.PROPERTY).array());
        assertStructure("a root without a name",
                cells(FdtLayout.BEGIN_NODE, 'a' << 24, FdtLayout.END_NODE, FdtLayout.END));
        assertStructure("one root", cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.END_NODE, FdtLayout.BEGIN_NODE, 0,
                FdtLayout.END_NODE, FdtLayout.END));
        assertStructure("one whole root", cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.END));
        assertStructure("the end of the structure block", cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.END_NODE));
        assertStructure("END before it",
                cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.END_NODE, FdtLayout.END, FdtLayout.NOP));
        assertStructure("\"b\" twice",
                cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.BEGIN_NODE, 'b' << 24, FdtLayout.END_NODE,
                        FdtLayout.BEGIN_NODE, 'b' << 24, FdtLayout.END_NODE, FdtLayout.END_NODE, FdtLayout.END));
        assertStructure("\"p\" twice",
                cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.PROPERTY, 0, 0, FdtLayout.PROPERTY, 0, 0,
                        FdtLayout.END_NODE, FdtLayout.END));
        assertStructure("properties before children", cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.BEGIN_NODE, 'b' << 24,
                FdtLayout.END_NODE, FdtLayout.PROPERTY, 0, 0, FdtLayout.END_NODE, FdtLayout.END));
        assertStructure("printable", cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.BEGIN_NODE, '/' << 24, FdtLayout.END_NODE,
                FdtLayout.END_NODE, FdtLayout.END));
        assertStructure("an offset below", cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.PROPERTY, 0, 2, FdtLayout.END_NODE,
                FdtLayout.END));
        assertStructure("at most", cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.PROPERTY, 1 << 30, 0, FdtLayout.END_NODE,
                FdtLayout.END));
        assertStructure("terminated", cells(FdtLayout.BEGIN_NODE, 0, FdtLayout.BEGIN_NODE, 0x61616161));
    }

    @Test
    void emptyTokensAreSkipped() throws FdtException {
        FdtNode read =
                FdtReader.read(blob(cells(FdtLayout.NOP, FdtLayout.BEGIN_NODE, 0, FdtLayout.NOP, FdtLayout.PROPERTY,
                        0, 0, FdtLayout.NOP, FdtLayout.END_NODE, FdtLayout.NOP, FdtLayout.END)));
        assertTrue(read.has("p"));
    }

    @Test
    void nestingIsLimited() {
        int[] cells = new int[2 * 10_000];
        for (int i = 0; i < 10_000; i++) {
            cells[2 * i] = FdtLayout.BEGIN_NODE;
            cells[2 * i + 1] = i == 0 ? 0 : 'a' << 24;
        }
        assertStructure("at most 64 deep", cells(cells));
    }

    private static boolean isRefused(byte[] blob) {
        try {
            FdtReader.read(blob);
            return false;
        } catch (FdtException e) {
            assertFalse(e.getMessage().isEmpty());
            return true;
        }
    }

    private static void assertBroken(long offset, Consumer<ByteBuffer> change) {
        ByteBuffer blob = ByteBuffer.wrap(FdtWriter.write(TREE));
        change.accept(blob);
        FdtException e = assertThrows(FdtException.class, () -> FdtReader.read(blob));
        assertEquals(offset, e.offset(), e::getMessage);
        assertFalse(e.isTooNew());
    }

    private static void assertStructure(String message, byte[] structure) {
        FdtException e = assertThrows(FdtException.class, () -> FdtReader.read(blob(structure)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.offset() >= STRUCTURE, e.getMessage());
    }

    private static byte[] cells(int... cells) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * cells.length);
        bytes.asIntBuffer().put(cells);
        return bytes.array();
    }

    /** A tree with this structure block, and the one property name "p". */
    private static byte[] blob(byte[] structure) {
        int strings = STRUCTURE + structure.length;
        return ByteBuffer.allocate(strings + 2).putInt(FdtLayout.MAGIC).putInt(strings + 2).putInt(STRUCTURE)
                .putInt(strings).putInt(40).putInt(17).putInt(16).putInt(0).putInt(2).putInt(structure.length)
                .position(STRUCTURE).put(structure).put((byte) 'p').array();
    }
}
