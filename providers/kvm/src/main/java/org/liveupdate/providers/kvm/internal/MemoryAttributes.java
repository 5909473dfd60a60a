package org.liveupdate.providers.kvm.internal;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The attributes of a guest's pages, as far as they have any, by frame number. Guarded by the machine. */
final class MemoryAttributes {

    /** No more pages have attributes: as many as 64 GiB have. */
    static final int MAX_PAGES = 1 << 24;

    private final NavigableMap<Long, Long> byFrame = new TreeMap<>();

    /** The attributes of a page; 0 if it has none. */
    long get(long frame) {
        return byFrame.getOrDefault(frame, 0L);
    }

    /** Whether all pages from {@code first} to before {@code end} could have attributes. */
    boolean hasRoomFor(long first, long end) {
        return end - first <= MAX_PAGES
                && end - first - byFrame.subMap(first, end).size() <= MAX_PAGES - byFrame.size();
    }

    /** Gives all pages from {@code first} to before {@code end} these attributes. */
    void set(long first, long end, long attributes) {
        byFrame.subMap(first, end).clear();
        for (long frame = first; attributes != 0 && frame < end; frame++) {
            byFrame.put(frame, attributes);
        }
    }

    /** How many pages have attributes. */
    int pages() {
        return byFrame.size();
    }

    /** Each page that has attributes, by frame number. */
    void forEach(BiConsumer<Long, Long> action) {
        byFrame.forEach(action);
    }
}
