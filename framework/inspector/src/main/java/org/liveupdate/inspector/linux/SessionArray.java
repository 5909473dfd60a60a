package org.liveupdate.inspector.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.inspector.linux.LinuxLayouts.Sessions;

/** Reads sessions as one array, and their files as one array for each session. */
final class SessionArray {
    private final PhysicalMemory memory;
    private final Sessions layout;
    private final List<SessionEntry> sessions;

    /**
     * A reader.
     *
     * @param sessions
     *            gets the sessions and files up to the first that is wrong
     */
    SessionArray(PhysicalMemory memory, Sessions layout, List<SessionEntry> sessions) {
        this.memory = memory;
        this.layout = layout;
        this.sessions = sessions;
    }

    void read(long header) throws LinuxFault {
        int count = Entries.count(memory.read(header, layout.headerBytes(), "the array of sessions"),
                layout.countOffset(), layout.max(), "sessions", header);
        for (int i = 0; i < count; i++) {
            long address = header + layout.headerBytes() + (long) i * layout.entryBytes();
            session(memory.read(address, layout.entryBytes(), "a session"), address);
        }
    }

    private void session(ByteBuffer entry, long address) throws LinuxFault {
        String name = Entries.name(entry, 0, LinuxLayouts.SESSION_NAME_BYTES, address);
        int count = Entries.count(entry, layout.filesCountOffset(), LinuxLayouts.FILE_MAX, "files", address);
        long first = entry.getLong(layout.filesOffset());
        if (first != 0 && layout.pagesOffset() != 0) {
            long pages = entry.getLong(layout.pagesOffset());
            if (pages != LinuxLayouts.FILE_PAGES) {
                throw LinuxFault.corrupt(address + layout.pagesOffset(), LinuxLayouts.FILE_PAGES + " pages of files",
                        Long.toUnsignedString(pages));
            }
        }
        List<FileEntry> files = new ArrayList<>();
        sessions.add(new SessionEntry(name, files));
        for (int i = 0; i < count; i++) {
            long file = first + (long) i * LinuxLayouts.FILE_BYTES;
            files.add(Entries.file(memory.read(file, LinuxLayouts.FILE_BYTES, "a file of session \"" + name + '"'),
                    file));
        }
    }
}
