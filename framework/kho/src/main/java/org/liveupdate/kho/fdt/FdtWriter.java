package org.liveupdate.kho.fdt;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes device trees of version 17 without memory reservations.
 *
 * <p>The length of a tree depends on its names and on the lengths of its values, not on the values: a tree with zeros
 * in place of addresses tells how long it will be.
 */
public final class FdtWriter {

    private static final int FIRST_BYTES = 2048;

    private ByteBuffer structure = ByteBuffer.allocate(FIRST_BYTES);
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final Map<String, Integer> stringOffsets = new LinkedHashMap<>();

    private FdtWriter() {}

    /**
     * The tree under {@code root} as a blob.
     *
     * @throws IllegalArgumentException if the node has a name, so is no root, or nodes are nested more than 64 deep
     */
    public static byte[] write(FdtNode root) {
        if (!root.name().isEmpty()) {
            throw new IllegalArgumentException("node \"" + root.name() + "\" is not a root: it has a name");
        }
        FdtWriter writer = new FdtWriter();
        writer.node(root, 1);
        writer.cell(FdtLayout.END);
        return writer.assemble();
    }

    /** How many bytes {@link #write} returns for this tree. */
    public static int size(FdtNode root) {
        return write(root).length;
    }

    private void node(FdtNode node, int depth) {
        if (depth > FdtLayout.MAX_DEPTH) {
            throw new IllegalArgumentException("nodes are nested more than " + FdtLayout.MAX_DEPTH + " deep");
        }
        cell(FdtLayout.BEGIN_NODE);
        padded(terminated(node.name()));
        for (String property : node.propertyNames()) {
            byte[] value = node.raw(property);
            cell(FdtLayout.PROPERTY);
            cell(value.length);
            cell(stringOffsets.computeIfAbsent(property, this::appendString));
            padded(value);
        }
        for (FdtNode child : node.children()) {
            node(child, depth + 1);
        }
        cell(FdtLayout.END_NODE);
    }

    private int appendString(String name) {
        int offset = strings.size();
        strings.writeBytes(terminated(name));
        return offset;
    }

    private static byte[] terminated(String name) {
        return (name + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    private void cell(int value) {
        room(Integer.BYTES).putInt(value);
    }

    private void padded(byte[] bytes) {
        int end = structure.position() + (bytes.length + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
        room(bytes.length + Integer.BYTES).put(bytes).position(end);
    }

    /** The structure with room for so many bytes more, which are zeros. */
    private ByteBuffer room(int bytes) {
        if (structure.remaining() < bytes) {
            structure = ByteBuffer.allocate(structure.capacity() * 2 + bytes).put(structure.flip());
        }
        return structure;
    }

    private byte[] assemble() {
        int reservations = FdtLayout.HEADER_BYTES;
        int structureOffset = reservations + FdtLayout.RESERVATION_BYTES;
        int stringsOffset = structureOffset + structure.flip().limit();
        int total = stringsOffset + strings.size();
        return ByteBuffer.allocate(total)
                .putInt(FdtLayout.MAGIC)
                .putInt(total)
                .putInt(structureOffset)
                .putInt(stringsOffset)
                .putInt(reservations)
                .putInt(FdtLayout.VERSION)
                .putInt(FdtLayout.LAST_COMPATIBLE_VERSION)
                .putInt(0)
                .putInt(strings.size())
                .putInt(structure.limit())
                .position(structureOffset)
                .put(structure)
                .put(strings.toByteArray())
                .array();
    }
}
