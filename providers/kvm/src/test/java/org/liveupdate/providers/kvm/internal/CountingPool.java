package org.liveupdate.providers.kvm.internal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.hugetlb.HugePagePool;
import org.liveupdate.providers.api.memory.ByteFileException;

/** A pool of pages of 64 KiB and 2 MiB. */
class CountingPool implements HugePagePool {

    static final long KIB_64 = 64 << 10;
    static final long MIB_2 = 2 << 20;

    private final long limit;
    /** Guarded by this. */
    private final Map<Long, Long> taken = new TreeMap<>();

    CountingPool(long limit) {
        this.limit = limit;
    }

    @Override
    public List<Long> pageSizes() {
        return List.of(KIB_64, MIB_2);
    }

    @Override
    public synchronized void take(long pageSize, long pages) throws ByteFileException {
        if (taken(pageSize) + pages > limit) {
            throw new ByteFileException(Errno.ENOMEM, "the pool has " + limit);
        }
        adopt(pageSize, pages);
    }

    @Override
    public synchronized void adopt(long pageSize, long pages) {
        taken.merge(pageSize, pages, Long::sum);
    }

    @Override
    public synchronized void giveBack(long pageSize, long pages) {
        taken.merge(pageSize, -pages, Long::sum);
    }

    final synchronized long taken(long pageSize) {
        return taken.getOrDefault(pageSize, 0L);
    }
}
