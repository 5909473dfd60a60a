package org.liveupdate.kho.fdt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads device trees of version 16 and 17, and of later ones that say they are compatible with 17.
 *
 * <p>Nothing is believed: sizes and offsets, the order of tokens, terminators, names, their uniqueness and the depth
 * are checked, and memory is allocated only for bytes that are there. Time and memory are linear in the length of the
 * input. Memory reservations are checked and dropped.
 */
public final class FdtReader {

    private final ByteBuffer blob;
    private final FdtHeader header;
    private int at;

    private FdtReader(ByteBuffer blob, FdtHeader header) {
        this.blob = blob;
        this.header = header;
        this.at = header.structure();
    }

    /**
     * The tree at the start of {@code blob}; what follows it is ignored.
     *
     * @throws FdtException if it cannot be read
     */
    public static FdtNode read(byte[] blob) throws FdtException {
        return read(ByteBuffer.wrap(blob));
    }

    /**
     * The tree at the position of {@code blob}, which is not moved; what follows it is ignored.
     *
     * @throws FdtException if it cannot be read
     */
    public static FdtNode read(ByteBuffer blob) throws FdtException {
        ByteBuffer bytes = blob.slice();
        return new FdtReader(bytes, FdtHeader.check(bytes)).tree();
    }

    private FdtNode tree() throws FdtException {
        Deque<FdtNode> open = new ArrayDeque<>();
        FdtNode root = null;
        while (true) {
            int start = at;
            int token = cell("a token");
            switch (token) {
                case FdtLayout.BEGIN_NODE -> {
                    if (root == null) {
                        root = root(start);
                        open.push(root);
                    } else {
                        open.push(child(open, start));
                    }
                }
                case FdtLayout.PROPERTY -> property(open, start);
                case FdtLayout.END_NODE -> {
                    if (open.isEmpty()) {
                        throw new FdtException(start, "END_NODE only inside a node", "END_NODE outside of any");
                    }
                    open.pop();
                }
                case FdtLayout.NOP -> {}
                case FdtLayout.END -> {
                    return end(root, open, start);
                }
                default -> throw new FdtException(start, "a token (1, 2, 3, 4 or 9)", Integer.toUnsignedString(token));
            }
        }
    }

    private FdtNode root(int start) throws FdtException {
        String name = name(at, header.structureEnd(), "a node's name");
        if (!name.isEmpty()) {
            throw new FdtException(start, "a root without a name", '"' + name + '"');
        }
        skip(1);
        return FdtNode.readFrom("", start);
    }

    private FdtNode child(Deque<FdtNode> open, int start) throws FdtException {
        if (open.isEmpty()) {
            throw new FdtException(start, "one root", "a second one");
        }
        if (open.size() == FdtLayout.MAX_DEPTH) {
            throw new FdtException(start, "nodes nested at most " + FdtLayout.MAX_DEPTH + " deep", "more");
        }
        String name = name(at, header.structureEnd(), "a node's name");
        requireName(start, name);
        if (open.peek().child(name).isPresent()) {
            throw new FdtException(start, "children with different names", "\"" + name + "\" twice");
        }
        skip(name.length() + 1);
        FdtNode child = FdtNode.readFrom(name, start);
        open.peek().add(child);
        return child;
    }

    private void property(Deque<FdtNode> open, int start) throws FdtException {
        FdtNode node = open.peek();
        if (node == null) {
            throw new FdtException(start, "properties inside a node", "a property outside of any");
        }
        if (!node.children().isEmpty()) {
            throw new FdtException(start, "properties before children", "a property behind a child");
        }
        int length = cell("a property's length");
        int nameOffset = cell("a property's name");
        if (nameOffset < 0 || nameOffset >= header.stringsEnd() - header.strings()) {
            throw new FdtException(at - Integer.BYTES,
                    "an offset below " + (header.stringsEnd() - header.strings()),
                    Integer.toUnsignedString(nameOffset));
        }
        String name = name(header.strings() + nameOffset, header.stringsEnd(), "a property's name");
        requireName(start, name);
        if (node.has(name)) {
            throw new FdtException(start, "properties with different names", "\"" + name + "\" twice");
        }
        if (length < 0 || length > header.structureEnd() - at) {
            throw new FdtException(start, "at most " + (header.structureEnd() - at) + " bytes as \"" + name + '"',
                    Integer.toUnsignedString(length) + " bytes");
        }
        byte[] value = new byte[length];
        blob.get(at, value);
        node.setRead(name, value, at);
        skip(length);
    }

    private FdtNode end(FdtNode root, Deque<FdtNode> open, int start) throws FdtException {
        if (root == null || !open.isEmpty()) {
            throw new FdtException(start, "one whole root",
                    root == null ? "none" : "an open node \"" + open.peek().name()
                            + '"');
        }
        if (header.structureEndKnown() && at != header.structureEnd()) {
            throw new FdtException(start, "END at the end of the structure block", "END before it");
        }
        return root;
    }

    private int cell(String what) throws FdtException {
        if (header.structureEnd() - at < Integer.BYTES) {
            throw new FdtException(at, what, "the end of the structure block");
        }
        int value = blob.getInt(at);
        at += Integer.BYTES;
        return value;
    }

    /** Moves on behind {@code length} bytes and their padding; a tree may end without the last padding. */
    private void skip(int length) {
        at = Math.min(FdtLayout.aligned(at + length), header.structureEnd());
    }

    private String name(int start, int end, String what) throws FdtException {
        int limit = (int) Math.min(end, (long) start + FdtNode.MAX_NAME_BYTES + 1);
        for (int i = start; i < limit; i++) {
            if (blob.get(i) == 0) {
                byte[] bytes = new byte[i - start];
                blob.get(start, bytes);
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        }
        throw new FdtException(start, what + ", terminated", "no terminator in " + (limit - start) + " bytes");
    }

    private static void requireName(int offset, String name) throws FdtException {
        if (!FdtNode.isName(name)) {
            throw new FdtException(offset, "a name of printable ASCII characters without space and slash",
                    name.isEmpty() ? "none" : "other characters");
        }
    }
}
