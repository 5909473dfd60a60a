package org.liveupdate.kho.fdt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node of a device tree: a name, properties and children, each in order.
 *
 * <p>A property is a string of bytes; the typed methods are views of it. Cells ({@code u32}) are big-endian as
 * everywhere in device trees; {@code u64} is 8 bytes, little-endian, as the original stores the addresses in its
 * handover trees.
 *
 * <p>Names are 1 to 255 printable ASCII characters other than space and slash; only a root has the empty name. Names of
 * properties and of children are unique within a node. No argument may be null. Not thread-safe.
 */
public final class FdtNode {

    /** The longest name, in bytes. */
    public static final int MAX_NAME_BYTES = 255;

    private final String name;
    private final Map<String, byte[]> properties = new LinkedHashMap<>();
    /** Where the values stood in the tree that this node was read from, in bytes. */
    private final Map<String, Integer> offsets = new HashMap<>();
    private final Map<String, FdtNode> children = new LinkedHashMap<>();

    /** Where the node began in the tree that it was read from, in bytes; -1 if it was not. */
    private final int start;

    private FdtNode(String name, int start) {
        this.name = name;
        this.start = start;
    }

    /** A node that begins at {@code start} of a tree, a root if it has no name. */
    static FdtNode readFrom(String name, int start) {
        return new FdtNode(name, start);
    }

    /** A new root. */
    public static FdtNode root() {
        return new FdtNode("", -1);
    }

    /**
     * A new node without a parent, to be given one by {@link #add}.
     *
     * @throws IllegalArgumentException if the name is not a name
     */
    public static FdtNode named(String name) {
        return new FdtNode(requireName(name), -1);
    }

    /** The name, unit address included; empty for a root. */
    public String name() {
        return name;
    }

    /** What messages call it: its name, or a slash for a root. */
    public String label() {
        return name.isEmpty() ? "/" : name;
    }

    /**
     * Where the value of a property stood, in bytes from the start of the tree that this node was read from; where the
     * node stood if it has no such property; -1 if it was not read.
     */
    public long offset(String property) {
        return offsets.getOrDefault(property, start);
    }

    /**
     * Appends a child.
     *
     * @return this
     * @throws IllegalArgumentException if there is a child of that name, or it is a root
     */
    public FdtNode add(FdtNode child) {
        requireName(child.name);
        if (children.putIfAbsent(child.name, child) != null) {
            throw new IllegalArgumentException("node \"" + name + "\" has a child \"" + child.name + "\" already");
        }
        return this;
    }

    /** The children in order; a read-only view. */
    public Collection<FdtNode> children() {
        return Collections.unmodifiableCollection(children.values());
    }

    /** The child of that name. */
    public Optional<FdtNode> child(String childName) {
        return Optional.ofNullable(children.get(childName));
    }

    /** The names of the properties in order; a read-only view. */
    public Set<String> propertyNames() {
        return Collections.unmodifiableSet(properties.keySet());
    }

    /** Whether there is a property of that name. */
    public boolean has(String property) {
        return properties.containsKey(property);
    }

    /**
     * Sets a property, in its old place if there is one of that name.
     *
     * @return this
     * @throws IllegalArgumentException if the name is not a name
     */
    public FdtNode set(String property, byte[] value) {
        properties.put(requireName(property), value.clone());
        offsets.remove(property);
        return this;
    }

    /** Sets a property that was read at {@code offset}; the value is not copied. */
    void setRead(String property, byte[] value, int offset) {
        properties.put(property, value);
        offsets.put(property, offset);
    }

    /** Sets a property to a NUL-terminated string. */
    public FdtNode setString(String property, String value) {
        return setStrings(property, List.of(value));
    }

    /**
     * Sets a property to NUL-terminated strings, one after the other.
     *
     * @throws IllegalArgumentException if a string contains a NUL
     */
    public FdtNode setStrings(String property, List<String> values) {
        return set(property, FdtStrings.encode(values));
    }

    /** Sets a property to one big-endian cell of 4 bytes. */
    public FdtNode setU32(String property, int value) {
        return set(property, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /** Sets a property to 8 little-endian bytes. */
    public FdtNode setU64(String property, long value) {
        return set(property, ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    /**
     * A copy of a property's value.
     *
     * @throws FdtException if it is missing
     */
    public byte[] bytes(String property) throws FdtException {
        return value(property).clone();
    }

    /**
     * A property as one string.
     *
     * @throws FdtException if it is missing or not one NUL-terminated UTF-8 string
     */
    public String string(String property) throws FdtException {
        List<String> strings = strings(property);
        if (strings.size() != 1) {
            throw wrong(property, "one string", strings.size() + " strings");
        }
        return strings.get(0);
    }

    /**
     * A property as strings.
     *
     * @throws FdtException if it is missing, not terminated by a NUL, or not UTF-8
     */
    public List<String> strings(String property) throws FdtException {
        return FdtStrings.decode(value(property)).orElseThrow(() -> wrong(property, "NUL-terminated UTF-8 strings",
                "other bytes"));
    }

    /**
     * A property as one cell.
     *
     * @throws FdtException if it is missing or not 4 bytes long
     */
    public int u32(String property) throws FdtException {
        return ByteBuffer.wrap(value(property, Integer.BYTES)).getInt();
    }

    /**
     * A property as one little-endian number of 8 bytes.
     *
     * @throws FdtException if it is missing or not 8 bytes long
     */
    public long u64(String property) throws FdtException {
        return ByteBuffer.wrap(value(property, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** The value itself, for the writer. */
    byte[] raw(String property) {
        return properties.get(property);
    }

    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '/') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_NAME_BYTES;
    }

    private static String requireName(String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException(
                    "a name is 1 to " + MAX_NAME_BYTES + " printable ASCII characters without space and slash: \""
                            + text + '"');
        }
        return text;
    }

    private byte[] value(String property, int length) throws FdtException {
        byte[] value = value(property);
        if (value.length != length) {
            throw wrong(property, length + " bytes", value.length + " bytes");
        }
        return value;
    }

    private byte[] value(String property) throws FdtException {
        byte[] value = properties.get(property);
        if (value == null) {
            throw wrong(property, "the property", "none");
        }
        return value;
    }

    private FdtException wrong(String property, String expected, String found) {
        return new FdtException(offset(property), expected + " as \"" + property + "\" of node \"" + label() + '"',
                found);
    }
}
