package org.liveupdate.providers.kvm.internal;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.hugetlb.HugePagePool;
import org.liveupdate.providers.api.memory.ByteFileException;

/**
 * How many huge pages of each size files of this bundle have: the pool that is there counts them, too. When another one
 * takes its place it is told, and the one before gets back what it has counted.
 *
 * <p>Thread safe. No lock is held while a pool is called.
 */
final class HugePageAccount {

    /** Pages by size in bytes, as the present pool has them; guarded by this. */
    private final Map<Long, Long> taken = new TreeMap<>();
    /** What pools have counted that were present before; guarded by this. */
    private final Map<HugePagePool, Map<Long, Long>> left = new IdentityHashMap<>();
    /** Null while there is none; guarded by this. */
    private HugePagePool pool;

    /** A pool has appeared: it is the present one from now on. */
    void bind(HugePagePool next) {
        Map<Long, Long> known;
        synchronized (this) {
            known = new HashMap<>(taken);
            if (pool != null) {
                left.put(pool, known);
            }
            pool = next;
        }
        known.forEach(next::adopt);
    }

    /** A pool goes away. */
    void unbind(HugePagePool previous) {
        Map<Long, Long> known;
        synchronized (this) {
            known = left.getOrDefault(previous, Map.of());
            left.remove(previous);
            if (pool == previous) {
                pool = null;
                known = new HashMap<>(taken);
            }
        }
        known.forEach(previous::giveBack);
    }

    private synchronized HugePagePool present() {
        return pool;
    }

    /** The page sizes there are, in bytes; none without a pool. */
    List<Long> pageSizes() {
        HugePagePool present = present();
        return present == null ? List.of() : present.pageSizes();
    }

    /**
     * Takes pages.
     *
     * @throws ByteFileException {@code ENODEV} if there is no pool; or as for {@link HugePagePool#take}
     */
    void take(long pageSize, long pages) throws ByteFileException {
        HugePagePool asked = present();
        if (asked == null) {
            throw new ByteFileException(Errno.ENODEV,
                    "there is no pool of huge pages to take " + pages + " of " + pageSize
                            + " bytes from: deploy org.liveupdate.providers.hugetlb");
        }
        asked.take(pageSize, pages);
        HugePagePool now = add(pageSize, pages);
        if (now != asked) {
            asked.giveBack(pageSize, pages);
            if (now != null) {
                now.adopt(pageSize, pages);
            }
        }
    }

    /** Counts pages that a file has already. */
    void adopt(long pageSize, long pages) {
        HugePagePool now = add(pageSize, pages);
        if (now != null) {
            now.adopt(pageSize, pages);
        }
    }

    /** Pages are free again. */
    void giveBack(long pageSize, long pages) {
        HugePagePool now = add(pageSize, -pages);
        if (now != null) {
            now.giveBack(pageSize, pages);
        }
    }

    private synchronized HugePagePool add(long pageSize, long pages) {
        taken.merge(pageSize, pages, Long::sum);
        return pool;
    }

    /** How many pages files have. */
    synchronized long taken(long pageSize) {
        return taken.getOrDefault(pageSize, 0L);
    }
}
