package org.liveupdate.demo.files;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.demo.files.Manifest.Entry;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.ByteFile;

/**
 * The live files that go from generation to generation, in two sessions.
 *
 * @param manifest
 *            the file that says what the others have to be; token {@value #MANIFEST_TOKEN} of the session
 *            {@value #MEMFD_SESSION}
 * @param items
 *            the others, tokens from 1 on
 */
record Cargo(Memfd manifest, List<Item> items) implements AutoCloseable {
    static final String MEMFD_SESSION = "demo-memfd";
    static final String HUGE_SESSION = "demo-huge";
    static final long MANIFEST_TOKEN = 0;

    Cargo {
        items = List.copyOf(items);
    }

    /**
     * A source and its two live copies.
     *
     * @param entry
     *            what is known of the source
     */
    record Item(Entry entry, Memfd memfd, HugeMemfd huge) {
        List<Copy> copies() {
            return List.of(new Copy(MEMFD_SESSION, entry, memfd, entry.length()),
                    new Copy(HUGE_SESSION, entry, huge, entry.huge().bytes()));
        }
    }

    /**
     * One live file.
     *
     * @param session
     *            where it is preserved
     * @param entry
     *            its token there, and what its first bytes have to be
     * @param file
     *            the file
     * @param size
     *            how large it has to be, in bytes
     */
    record Copy(String session, Entry entry, ByteFile file, long size) {
        @Override
        public String toString() {
            return "file " + entry.token() + " of session " + session + " (" + entry.name() + ")";
        }
    }

    /** All live files but the manifest, session after session. */
    List<Copy> copies() {
        List<Copy> copies = new ArrayList<>();
        for (int session = 0; session < 2; session++) {
            for (Item item : items) {
                copies.add(item.copies().get(session));
            }
        }
        return copies;
    }

    /** Entries of the manifest. */
    List<Entry> entries() {
        return items.stream().map(Item::entry).toList();
    }

    /** Bytes that are compared, in all copies together. */
    long bytes() {
        return copies().stream().mapToLong(copy -> copy.entry().length()).sum();
    }

    /** Lets go of all files. */
    @Override
    public void close() {
        manifest.close();
        items.forEach(item -> item.copies().forEach(copy -> copy.file().close()));
    }
}
