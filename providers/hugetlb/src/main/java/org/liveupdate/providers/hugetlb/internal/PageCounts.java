package org.liveupdate.providers.hugetlb.internal;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.liveupdate.providers.api.memory.ByteFileException;

/**
 * The pools of huge pages: how many pages of each size there are, and how many are taken.
 *
 * <p>Taken are those of the files of this generation, and those that the previous one preserved and nobody has finished
 * yet. The latter are counted by the incoming FLB, as far as it has been retrieved; when a file is finished they are
 * adopted here, even beyond the limit: pages in use cannot be refused.
 *
 * <p>Thread safe.
 */
final class PageCounts {

    /** Unmodifiable; another one has the same sizes. */
    private volatile SortedMap<PageSize, Long> limits;
    /** Guarded by this. */
    private final Map<PageSize, Long> taken = new TreeMap<>();
    /** Null while there is none; guarded by this. */
    private HugePages incoming;

    PageCounts(SortedMap<PageSize, Long> limits) {
        this.limits = limits;
    }

    /** The page sizes, smallest first. */
    List<PageSize> sizes() {
        return List.copyOf(limits.keySet());
    }

    boolean has(PageSize size) {
        return limits.containsKey(size);
    }

    /** From now on pools have these limits. */
    void limits(SortedMap<PageSize, Long> newLimits) {
        limits = newLimits;
    }

    /** The incoming FLB's object has appeared; or, with null, its life has ended. */
    synchronized void incoming(HugePages pages) {
        incoming = pages;
    }

    /**
     * Takes pages for a file.
     *
     * @throws ByteFileException {@code ENOMEM} if there are not so many
     */
    synchronized void take(PageSize size, long pages) throws ByteFileException {
        long used = taken.getOrDefault(size, 0L);
        long kept = incomingPages(size);
        long limit = limits.getOrDefault(size, 0L);
        if (pages > 0 && pages > limit - used - kept) {
            throw new ByteFileException(Errno.ENOMEM,
                    pages + " pages of " + size + " were asked for: the pool has " + limit
                            + ", files have " + used + ", the previous generation left " + kept + "; see "
                            + Settings.PAGES);
        }
        taken.merge(size, pages, Long::sum);
    }

    private long incomingPages(PageSize size) {
        try {
            return incoming == null ? 0 : incoming.pages(size.bytes());
        } catch (KhoException e) {
            // the core gave up the retrieve that made it, so nobody has it
            incoming = null;
            return 0;
        }
    }

    /** Counts pages that a file has already. */
    synchronized void adopt(PageSize size, long pages) {
        taken.merge(size, pages, Long::sum);
    }

    /** Pages are free again. */
    synchronized void giveBack(PageSize size, long pages) {
        taken.merge(size, -pages, Long::sum);
    }

    /** How many pages the files of this generation have. */
    synchronized long taken(PageSize size) {
        return taken.getOrDefault(size, 0L);
    }
}
