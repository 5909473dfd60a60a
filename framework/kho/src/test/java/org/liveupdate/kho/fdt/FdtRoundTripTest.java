package org.liveupdate.kho.fdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FdtRoundTripTest {

    @Test
    void aTreeComesBackAsItWasWritten() throws FdtException {
        FdtNode root = FdtNode.root()
                .setString("compatible", "luo-v1")
                .setU64("liveupdate-number", 7)
                .add(FdtNode.named("luo-flb").setString("compatible", "luo-flb-v1").setU64("luo-flb-header", 0x1000))
                .add(FdtNode.named("cpu@0").setU32("reg", 1).setStrings("names", List.of("a", "", "b"))
                        .set("empty", new byte[0])
                        .add(FdtNode.named("deeper").set("raw", new byte[]{1, 2, 3})));
        FdtNode read = FdtReader.read(FdtWriter.write(root));
        assertSame(root, read);
        assertEquals(7, read.u64("liveupdate-number"));
        assertEquals("luo-v1", read.string("compatible"));
        FdtNode cpu = read.child("cpu@0").orElseThrow();
        assertEquals(List.of("a", "", "b"), cpu.strings("names"));
        assertEquals(1, cpu.u32("reg"));
        assertArrayEquals(new byte[0], cpu.bytes("empty"));
        assertEquals(List.of("reg", "names", "empty"), List.copyOf(cpu.propertyNames()));
    }

    @Test
    void numbersAreStoredAsTheOriginalStoresThem() throws FdtException {
        FdtNode node = FdtNode.root().setU64("address", 0x0102030405060708L).setU32("cell", 0x01020304);
        assertArrayEquals(new byte[]{8, 7, 6, 5, 4, 3, 2, 1}, node.bytes("address"));
        assertArrayEquals(new byte[]{1, 2, 3, 4}, node.bytes("cell"));
    }

    @Test
    void randomTreesComeBack() throws FdtException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            FdtNode root = randomTree(FdtNode.root(), random, 4);
            byte[] blob = FdtWriter.write(root);
            assertEquals(blob.length, FdtWriter.size(root));
            assertSame(root, FdtReader.read(blob));
            byte[] longer = Arrays.copyOf(blob, blob.length + 100);
            ByteBuffer shifted = ByteBuffer.allocate(longer.length + 4).position(4).put(longer).position(4);
            assertSame(root, FdtReader.read(shifted));
            assertEquals(4, shifted.position());
        }
    }

    @Test
    void valuesAreCopies() throws FdtException {
        byte[] value = {1};
        FdtNode node = FdtNode.root().set("v", value);
        value[0] = 2;
        node.bytes("v")[0] = 3;
        assertArrayEquals(new byte[]{1}, node.bytes("v"));
    }

    @Test
    void whatIsMissingOrOfAnotherKindIsNamed() {
        FdtNode node = FdtNode.named("luo-flb").set("three", new byte[3]).setStrings("two", List.of("a", "b"))
                .set("open", new byte[]{'x'}).set("latin", new byte[]{(byte) 0xe4, 0});
        FdtException missing = assertThrows(FdtException.class, () -> node.u64("header"));
        assertTrue(missing.getMessage().contains("header") && missing.getMessage().contains("luo-flb"),
                missing.getMessage());
        assertEquals(-1, missing.offset());
        assertEquals("3 bytes", assertThrows(FdtException.class, () -> node.u64("three")).found());
        assertThrows(FdtException.class, () -> node.u32("three"));
        assertThrows(FdtException.class, () -> node.string("two"));
        assertThrows(FdtException.class, () -> node.string("open"));
        assertThrows(FdtException.class, () -> node.string("latin"));
        assertFalse(node.has("header"));
        assertTrue(node.child("x").isEmpty());
    }

    @Test
    void whatIsNoTreeCannotBeBuilt() {
        FdtNode root = FdtNode.root().add(FdtNode.named("a"));
        assertThrows(IllegalArgumentException.class, () -> root.add(FdtNode.named("a")));
        assertThrows(IllegalArgumentException.class, () -> root.add(FdtNode.root()));
        for (String name : List.of("", "a/b", "a b", "a\0", "ä", "x".repeat(256))) {
            assertThrows(IllegalArgumentException.class, () -> FdtNode.named(name), name);
            assertThrows(IllegalArgumentException.class, () -> root.setU32(name, 1), name);
        }
        assertThrows(IllegalArgumentException.class, () -> root.setString("s", "a\0b"));
        assertThrows(IllegalArgumentException.class, () -> FdtWriter.write(FdtNode.named("a")));
        FdtNode deep = FdtNode.named("leaf");
        for (int level = 0; level < 63; level++) {
            deep = FdtNode.named("n" + level).add(deep);
        }
        FdtNode tooDeep = FdtNode.root().add(deep);
        assertThrows(IllegalArgumentException.class, () -> FdtWriter.write(tooDeep));
    }

    private static FdtNode randomTree(FdtNode node, Random random, int depth) {
        for (int i = random.nextInt(5); i > 0; i--) {
            byte[] value = new byte[random.nextInt(20)];
            random.nextBytes(value);
            node.set("p" + random.nextInt(10), value);
        }
        if (depth > 0) {
            for (int i = random.nextInt(4); i > 0; i--) {
                node.add(randomTree(FdtNode.named("n@" + i), random, depth - 1));
            }
        }
        return node;
    }

    static void assertSame(FdtNode expected, FdtNode actual) throws FdtException {
        assertEquals(expected.name(), actual.name());
        assertEquals(List.copyOf(expected.propertyNames()), List.copyOf(actual.propertyNames()));
        for (String property : expected.propertyNames()) {
            assertArrayEquals(expected.bytes(property), actual.bytes(property), property);
        }
        List<FdtNode> expectedChildren = List.copyOf(expected.children());
        List<FdtNode> actualChildren = List.copyOf(actual.children());
        assertEquals(expectedChildren.size(), actualChildren.size());
        for (int i = 0; i < expectedChildren.size(); i++) {
            assertSame(expectedChildren.get(i), actualChildren.get(i));
        }
    }
}
