package org.liveupdate.inspector.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.inspector.linux.LinuxLayouts.Sessions;

/** Reads sessions as a chain of pages, and their files as one chain for each session. */
final class SessionBlocks {
    private static final Sessions LAYOUT = LinuxLayouts.BLOCK_SESSIONS;

    private final PhysicalMemory memory;
    private final List<SessionEntry> sessions;
    /** Pages that were in a chain already. */
    private final Set<Long> seen = new HashSet<>();

    /**
     * A reader.
     *
     * @param sessions
     *            gets the sessions and files up to the first that is wrong
     */
    SessionBlocks(PhysicalMemory memory, List<SessionEntry> sessions) {
        this.memory = memory;
        this.sessions = sessions;
    }

    /** What is done with an entry. */
    private interface Visitor {
        void visit(ByteBuffer entry, long address) throws LinuxFault;
    }

    void read(long head) throws LinuxFault {
        chain(head, LAYOUT.entryBytes(), "sessions", this::session);
    }

    private void session(ByteBuffer entry, long address) throws LinuxFault {
        List<FileEntry> files = new ArrayList<>();
        sessions.add(new SessionEntry(Entries.name(entry, 0, LinuxLayouts.SESSION_NAME_BYTES, address), files));
        chain(entry.getLong(LAYOUT.filesOffset()), LinuxLayouts.FILE_BYTES, "files",
                (file, at) -> files.add(Entries.file(file, at)));
        long count = entry.getLong(LAYOUT.filesCountOffset());
        if (count != files.size()) {
            throw LinuxFault.corrupt(address + LAYOUT.filesCountOffset(), files.size() + " files, as the chain has",
                    Long.toUnsignedString(count));
        }
    }

    private void chain(long head, int entryBytes, String what, Visitor visitor) throws LinuxFault {
        int capacity = (PhysicalMemory.PAGE_BYTES - LinuxLayouts.BLOCK_HEADER_BYTES) / entryBytes;
        long address = head;
        for (int blocks = 0; address != 0; blocks++) {
            if (!seen.add(address) || blocks == LinuxLayouts.BLOCKS_MAX) {
                throw LinuxFault.corrupt(address,
                        "a chain of at most " + LinuxLayouts.BLOCKS_MAX + " pages with " + what,
                        "a cycle, or more");
            }
            ByteBuffer header = memory.read(address, LinuxLayouts.BLOCK_HEADER_BYTES, "a page with " + what);
            int count = Entries.count(header, Long.BYTES, capacity, what, address);
            for (int i = 0; i < count; i++) {
                long entry = address + LinuxLayouts.BLOCK_HEADER_BYTES + (long) i * entryBytes;
                visitor.visit(memory.read(entry, entryBytes, "one of the " + what), entry);
            }
            address = header.getLong(0);
        }
    }
}
