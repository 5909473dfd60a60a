package org.liveupdate.providers.hugetlb.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a huge page.
 *
 * @param order it has 2<sup>order</sup> pages of 4096 bytes, 1 to {@link #MAX_ORDER}
 */
record PageSize(int order) implements Comparable<PageSize> {

    /** The order of the largest block of handover memory, 1 GiB. */
    static final int MAX_ORDER = 18;

    private static final int BASE_SHIFT = 12;
    private static final String UNITS = "KMG";
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})([KMG])");

    /**
     * The page size with that many bytes.
     *
     * @throws IllegalArgumentException if there cannot be such a page
     */
    static PageSize ofBytes(long bytes) {
        int order = Long.numberOfTrailingZeros(bytes) - BASE_SHIFT;
        if (Long.bitCount(bytes) != 1 || order < 1 || order > MAX_ORDER) {
            throw new IllegalArgumentException(
                    "size of a huge page: expected a power of two, 8 KiB to 1 GiB, found " + bytes + " bytes");
        }
        return new PageSize(order);
    }

    /**
     * Reads {@code 2M}, {@code 1G}, {@code 64K}.
     *
     * @throws IllegalArgumentException if it is none of the kind
     */
    static PageSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "size of a huge page: expected 2M or 1G or the like, found \"" + text + '"');
        }
        return ofBytes(Long.parseLong(matcher.group(1)) << 10 * (1 + UNITS.indexOf(matcher.group(2))));
    }

    long bytes() {
        return 1L << BASE_SHIFT + order;
    }

    /** How many pages of this size {@code bytes} bytes take, the last one perhaps in part. */
    long pagesFor(long bytes) {
        return bytes / bytes() + (bytes % bytes() == 0 ? 0 : 1);
    }

    @Override
    public int compareTo(PageSize other) {
        return Integer.compare(order, other.order);
    }

    /** For people: {@code 2 MiB}. */
    @Override
    public String toString() {
        int unit = (order + BASE_SHIFT) / 10;
        return (bytes() >> 10 * unit) + " " + UNITS.charAt(unit - 1) + "iB";
    }
}
