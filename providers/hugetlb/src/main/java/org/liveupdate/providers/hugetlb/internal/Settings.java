package org.liveupdate.providers.hugetlb.internal;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.liveupdate.kho.MemoryOptions;

/**
 * What can be configured: by framework properties, and before them in Configuration Admin.
 *
 * @param limits how many pages of each size there are; unmodifiable
 * @param mount a directory on a hugetlbfs mount, this framework's alone; null for none
 */
record Settings(SortedMap<PageSize, Long> limits, Path mount) {

    /** Pages by size, such as {@code 2M:512,1G:2}. */
    static final String PAGES = "liveupdate.hugetlb.pages";

    /** A directory on a hugetlbfs mount. */
    static final String MOUNT = "liveupdate.hugetlb.mount";

    /** As many pages of each size as make so many bytes, unless configured. */
    static final long DEFAULT_BYTES = 8L << 30;

    /** No pool has more: as much as handover memory can have. */
    static final long MAX_BYTES = MemoryOptions.MAX_LIMIT_BYTES;

    /**
     * Reads them.
     *
     * @param property looks one up by name, answers null for none
     * @param sizes the page sizes there are
     * @throws IllegalArgumentException if a value makes no sense
     */
    static Settings read(UnaryOperator<String> property, SortedSet<PageSize> sizes) {
        SortedMap<PageSize, Long> limits = new TreeMap<>();
        sizes.forEach(size -> limits.put(size, DEFAULT_BYTES / size.bytes()));
        String pages = property.apply(PAGES);
        if (pages != null && !pages.isBlank()) {
            for (String entry : pages.split(",", -1)) {
                readEntry(limits, entry.trim());
            }
        }
        String mount = property.apply(MOUNT);
        return new Settings(Collections.unmodifiableSortedMap(limits),
                mount == null || mount.isBlank() ? null : Path.of(mount.trim()));
    }

    private static void readEntry(SortedMap<PageSize, Long> limits, String entry) {
        String[] parts = entry.split(":", -1);
        try {
            PageSize size = PageSize.parse(parts[0]);
            if (!limits.containsKey(size)) {
                throw new IllegalArgumentException("expected pages of one of " + limits.keySet());
            }
            limits.put(size, readNumber(parts, MAX_BYTES / size.bytes()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    PAGES + ": expected a list like 2M:512,1G:2, found \"" + entry + "\" in it: " + e.getMessage(), e);
        }
    }

    private static long readNumber(String[] parts, long max) {
        if (parts.length == 2 && parts[1].matches("[0-9]{1,18}")) {
            long number = Long.parseLong(parts[1]);
            if (number <= max) {
                return number;
            }
        }
        throw new IllegalArgumentException("expected 0 to " + max + " pages of that size");
    }
}
