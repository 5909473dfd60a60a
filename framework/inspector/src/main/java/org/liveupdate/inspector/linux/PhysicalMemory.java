package org.liveupdate.inspector.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.TreeMap;
import org.liveupdate.inspector.Fault;

/** The pages of a dump, by physical address. Not thread-safe. */
public final class PhysicalMemory {
    static final int PAGE_BYTES = 4096;

    private final TreeMap<Long, byte[]> pages = new TreeMap<>(Long::compareUnsigned);
    private long root;

    PhysicalMemory(long root) {
        this.root = root;
    }

    /** A device tree alone, whose address is not known: 0. */
    public static PhysicalMemory ofTree(byte[] tree) {
        PhysicalMemory memory = new PhysicalMemory(0);
        for (int start = 0; start < tree.length; start += PAGE_BYTES) {
            memory.put(start, Arrays.copyOfRange(tree, start, Math.min(tree.length, start + PAGE_BYTES)));
        }
        return memory;
    }

    /** Where the entry that KHO calls "LUO" starts. */
    long root() {
        return root;
    }

    void setRoot(long address) {
        root = address;
    }

    /**
     * Adds a page.
     *
     * @param start
     *            its first bytes, at most 4096; those behind them are zeros
     */
    void put(long address, byte[] start) {
        pages.put(address, Arrays.copyOf(start, PAGE_BYTES));
    }

    boolean isEmpty() {
        return pages.isEmpty();
    }

    /** How many bytes stand in the dump from an address on, without a gap, at most {@code limit}. */
    int available(long address, int limit) {
        int bytes = 0;
        while (bytes < limit && page(address + bytes) != null) {
            bytes += PAGE_BYTES - (int) (address + bytes & PAGE_BYTES - 1);
        }
        return Math.min(bytes, limit);
    }

    /**
     * Copies bytes out.
     *
     * @return little-endian, from position 0 to the limit
     * @throws LinuxFault
     *             if one of them is not in the dump
     */
    ByteBuffer read(long address, int length, String what) throws LinuxFault {
        int there = available(address, length);
        if (there < length) {
            throw new LinuxFault(new Fault("missing", address + there, what, "no such page in the dump"));
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            long at = address + bytes.position();
            int offset = (int) (at & PAGE_BYTES - 1);
            bytes.put(page(at), offset, Math.min(bytes.remaining(), PAGE_BYTES - offset));
        }
        return bytes.flip();
    }

    private byte[] page(long address) {
        return pages.get(address & -PAGE_BYTES);
    }
}
