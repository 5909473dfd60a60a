package org.liveupdate.itests;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long callers waited, one figure for each swap. Not thread safe. */
final class Windows {
    private final List<Long> nanos = new ArrayList<>();

    void add(long window) {
        nanos.add(window);
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
        return String.format("%,d swaps: p50 %,d us, p99 %,d us, longest %,d us", nanos.size(), percentile(50),
                percentile(99), percentile(100));
    }
}
