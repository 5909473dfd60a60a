package org.liveupdate.inspector.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;

/** Reads fields and entries that are the same in all versions, each with its checks. */
final class Entries {
    private Entries() {}

    /**
     * A name in a field.
     *
     * @param address
     *            of the field
     * @throws LinuxFault
     *             if it is empty, or not terminated
     */
    static String name(ByteBuffer entry, int offset, int length, long address) throws LinuxFault {
        int end = 0;
        while (end < length && entry.get(offset + end) != 0) {
            end++;
        }
        if (end == 0 || end == length) {
            throw LinuxFault.corrupt(address + offset, "a name of 1 to " + (length - 1) + " bytes",
                    end == 0 ? "none" : "no end");
        }
        byte[] bytes = new byte[end];
        entry.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A number with an upper limit. */
    static int count(ByteBuffer entry, int offset, int max, String what, long address) throws LinuxFault {
        long count = entry.getLong(offset);
        if (count < 0 || count > max) {
            throw LinuxFault.corrupt(address + offset, "at most " + max + " " + what, Long.toUnsignedString(count));
        }
        return (int) count;
    }

    static FileEntry file(ByteBuffer entry, long address) throws LinuxFault {
        return new FileEntry(name(entry, 0, LinuxLayouts.COMPATIBLE_BYTES, address),
                entry.getLong(LinuxLayouts.DATA), entry.getLong(LinuxLayouts.TOKEN), List.of(), 0, "");
    }

    static FlbEntry flb(ByteBuffer entry, long address) throws LinuxFault {
        String name = name(entry, 0, LinuxLayouts.COMPATIBLE_BYTES, address);
        long files = entry.getLong(LinuxLayouts.FLB_COUNT);
        if (files < 1) {
            throw LinuxFault.corrupt(address + LinuxLayouts.FLB_COUNT, "a count of 1 or more",
                    Long.toUnsignedString(files));
        }
        return new FlbEntry(name, entry.getLong(LinuxLayouts.DATA), files, 0, "");
    }

    /** Appends the entries of the FLB page, up to the first that is wrong. */
    static void flbs(PhysicalMemory memory, long page, List<FlbEntry> flbs) throws LinuxFault {
        ByteBuffer header = memory.read(page, LinuxLayouts.FLB_HEADER_BYTES, "the FLB page");
        if (header.getLong(0) != 1) {
            throw LinuxFault.corrupt(page, "1 page", Long.toUnsignedString(header.getLong(0)));
        }
        int count = count(header, Long.BYTES, LinuxLayouts.FLB_MAX, "FLBs", page);
        for (int i = 0; i < count; i++) {
            long address = page + LinuxLayouts.FLB_HEADER_BYTES + (long) i * LinuxLayouts.FLB_BYTES;
            flbs.add(flb(memory.read(address, LinuxLayouts.FLB_BYTES, "an FLB"), address));
        }
    }
}
