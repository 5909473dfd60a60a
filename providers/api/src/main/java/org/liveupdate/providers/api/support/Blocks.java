package org.liveupdate.providers.api.support;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memory.Extent;

/**
 * Blocks of handover memory, one behind the other, as one run of bytes. Offsets are in bytes from the start of the first.
 *
 * <p>Not thread-safe: a {@link Custody} guards it.
 */
public final class Blocks {

    private final List<Region> regions = new ArrayList<>();
    /** Where each block starts. */
    private long[] starts = new long[8];
    private long capacity;
    /** Which blocks devices may write to. */
    private final BitSet devices = new BitSet();

    /** Appends a block. */
    public void add(Region block) {
        if (regions.size() == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[regions.size()] = capacity;
        regions.add(block);
        capacity += block.size();
    }

    /** The last block; there must be one. */
    public Region last() {
        return regions.get(regions.size() - 1);
    }

    /** Takes the last block away; there must be one. */
    public void removeLast() {
        Region last = regions.remove(regions.size() - 1);
        devices.clear(regions.size());
        capacity -= last.size();
    }

    /** How many bytes all blocks have together. */
    public long capacity() {
        return capacity;
    }

    /** The blocks in order, a copy. */
    public List<Region> list() {
        return List.copyOf(regions);
    }

    /** Fills {@code target}; it must not reach behind the last block. */
    public void read(long offset, ByteBuffer target) {
        int end = target.limit();
        long from = offset;
        for (int i = find(from); target.hasRemaining(); i++) {
            int length = inBlock(i, from, end - target.position());
            target.limit(target.position() + length);
            try {
                regions.get(i).read(from - starts[i], target);
            } finally {
                target.limit(end);
            }
            from += length;
        }
    }

    /** Writes what {@code source} has; it must not reach behind the last block. */
    public void write(long offset, ByteBuffer source) {
        int end = source.limit();
        long to = offset;
        for (int i = find(to); source.hasRemaining(); i++) {
            int length = inBlock(i, to, end - source.position());
            source.limit(source.position() + length);
            try {
                regions.get(i).write(to - starts[i], source);
            } finally {
                source.limit(end);
            }
            to += length;
        }
    }

    /** Writes zeros from {@code from} to {@code to}, but not behind the end of the block that {@code from} is in. */
    public void clearInBlock(long from, long to) {
        int i = find(from);
        Region block = regions.get(i);
        block.fill(from - starts[i], Math.min(to, starts[i] + block.size()) - from, (byte) 0);
    }

    /** The first {@code size} bytes, shown without a copy. */
    public Storage.View view(long size) {
        List<Region> shown = list();
        return visitor -> {
            long left = size;
            for (int i = 0; left > 0; i++) {
                Region block = shown.get(i);
                int length = (int) Math.min(left, block.size());
                visitor.bytes(block.readOnly(0, length));
                left -= length;
            }
        };
    }

    /** Where a range is in handover memory; it must not reach behind the last block. */
    public List<Extent> extents(long offset, long length) {
        List<Extent> extents = new ArrayList<>();
        long end = offset + length;
        for (int i = find(offset); i < regions.size() && starts[i] < end; i++) {
            Region block = regions.get(i);
            long from = Math.max(offset, starts[i]);
            long to = Math.min(end, starts[i] + block.size());
            extents.add(new Extent(from, block.address() + from - starts[i], to - from));
        }
        return extents;
    }

    /** Says which blocks devices may write to: those in which {@code ranges} are. */
    public void writtenByDevices(List<Extent> ranges) {
        for (int i = 0; i < regions.size(); i++) {
            long start = starts[i];
            long end = start + regions.get(i).size();
            boolean written = ranges.stream()
                    .anyMatch(range -> range.offset() < end && range.offset() + range.length() > start);
            if (written != devices.get(i)) {
                regions.get(i).writtenByDevices(written);
                devices.set(i, written);
            }
        }
    }

    private int inBlock(int index, long offset, int length) {
        return (int) Math.min(length, starts[index] + regions.get(index).size() - offset);
    }

    private int find(long offset) {
        int found = Arrays.binarySearch(starts, 0, regions.size(), offset);
        return found >= 0 ? found : -found - 2;
    }
}
