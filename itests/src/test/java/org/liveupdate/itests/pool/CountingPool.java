package org.liveupdate.itests.pool;

import java.util.concurrent.atomic.AtomicLong;
import org.liveupdate.itests.types.Pool;
import org.liveupdate.kho.Region;

/** Counts on the heap, and writes the count down when it is told: what is not written down is lost. Thread safe. */
final class CountingPool implements Pool {
    private final Region region;
    private final String version;
    private final AtomicLong count;

    CountingPool(Region region, String version) {
        this.region = region;
        this.version = version;
        this.count = new AtomicLong(region.getLong(0));
    }

    @Override
    public long applyAsLong(long added) {
        return count.addAndGet(added);
    }

    void writeDown() {
        region.putLong(0, count.get());
    }

    @Override
    public String toString() {
        return "pool of " + version;
    }
}
