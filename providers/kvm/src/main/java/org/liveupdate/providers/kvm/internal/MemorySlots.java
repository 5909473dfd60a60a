package org.liveupdate.providers.kvm.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.ByteFileException;

/** Which file is at which guest address. Immutable: a guest goes on reading while a slot is added. */
final class MemorySlots {

    static final MemorySlots NONE = new MemorySlots(new TreeMap<>());

    private final NavigableMap<Long, MemorySlot> byAddress;

    private MemorySlots(NavigableMap<Long, MemorySlot> byAddress) {
        this.byAddress = byAddress;
    }

    /** In the order of addresses. */
    List<MemorySlot> list() {
        return List.copyOf(byAddress.values());
    }

    /** These, and one more. */
    MemorySlots with(MemorySlot slot) throws ByteFileException {
        Map.Entry<Long, MemorySlot> before = byAddress.lowerEntry(slot.guestAddress() + slot.length());
        if (before != null && end(before.getValue()) > slot.guestAddress()) {
            MemorySlot other = before.getValue();
            throw new ByteFileException(Errno.EEXIST, String.format(
                    "a slot at guest address 0x%x with 0x%x bytes overlaps the one at 0x%x with 0x%x bytes",
                    slot.guestAddress(), slot.length(), other.guestAddress(), other.length()));
        }
        NavigableMap<Long, MemorySlot> more = new TreeMap<>(byAddress);
        more.put(slot.guestAddress(), slot);
        return new MemorySlots(more);
    }

    /** These, without one. */
    MemorySlots without(long guestAddress) throws ByteFileException {
        NavigableMap<Long, MemorySlot> fewer = new TreeMap<>(byAddress);
        if (fewer.remove(guestAddress) == null) {
            throw new ByteFileException(Errno.ENOENT,
                    String.format("no slot starts at guest address 0x%x", guestAddress));
        }
        return new MemorySlots(fewer);
    }

    /** Fills {@code target}. */
    void read(long guestAddress, ByteBuffer target) throws IOException {
        each(guestAddress, target, (slot, offset) -> slot.file().read(offset, target));
    }

    /** Writes what {@code source} has. */
    void write(long guestAddress, ByteBuffer source) throws IOException {
        each(guestAddress, source, (slot, offset) -> writeInside(slot.file(), offset, source));
    }

    private static int writeInside(ByteFile file, long offset, ByteBuffer source) throws IOException {
        long room = file.size() - offset;
        if (room <= 0) {
            return 0;
        }
        source.limit((int) Math.min(source.limit(), source.position() + room));
        return file.write(offset, source);
    }

    @FunctionalInterface
    private interface Access {
        int on(MemorySlot slot, long offset) throws IOException;
    }

    private void each(long guestAddress, ByteBuffer bytes, Access access) throws IOException {
        int limit = bytes.limit();
        long at = guestAddress;
        while (bytes.position() < limit) {
            MemorySlot slot = find(at);
            long inSlot = at - slot.guestAddress();
            bytes.limit((int) Math.min(limit, bytes.position() + slot.length() - inSlot));
            try {
                int done = access.on(slot, slot.offset() + inSlot);
                if (done <= 0) {
                    throw fault(at, "the file of its slot ends before");
                }
                at += done;
            } finally {
                bytes.limit(limit);
            }
        }
    }

    private MemorySlot find(long guestAddress) throws ByteFileException {
        Map.Entry<Long, MemorySlot> entry = byAddress.floorEntry(guestAddress);
        if (entry == null || end(entry.getValue()) <= guestAddress) {
            throw fault(guestAddress, "no slot has it");
        }
        return entry.getValue();
    }

    private static ByteFileException fault(long guestAddress, String why) {
        return new ByteFileException(Errno.EFAULT, String.format("guest address 0x%x: %s", guestAddress, why));
    }

    private static long end(MemorySlot slot) {
        return slot.guestAddress() + slot.length();
    }
}
