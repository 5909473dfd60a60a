package org.liveupdate.itests;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long callers waited, one figure for each swap. A collection of garbage stops callers, too: how many swaps one fell
 * into is counted. Not thread safe.
 */
final class Windows {
    private final List<Long> nanos = new ArrayList<>();
    private long collections;
    private int collected;

    /** A swap begins. */
    void begin() {
        collections = collections();
    }

    /** A swap has ended. */
    void add(long window) {
        nanos.add(window);
        if (collections() > collections) {
            collected++;
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    /** In microseconds; the smallest that {@code percent} of all do not exceed. */
    long percentile(int percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return TimeUnit.NANOSECONDS.toMicros(sorted.get(Math.max(0, rank - 1)));
    }

    @Override
    public String toString() {
        return String.format("%,d swaps: p50 %,d us, p99 %,d us, longest %,d us; garbage was collected during %,d",
                nanos.size(), percentile(50), percentile(99), percentile(100), collected);
    }
}
