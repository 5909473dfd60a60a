package org.liveupdate.providers.hugetlb.internal;

import java.util.UUID;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.hugetlb.HugePages;

/**
 * The counters of the FLB. They have no other place than preserved memory, so that nothing has to be written when the
 * owner leaves or the memory freezes.
 */
final class PreservedPages implements HugePages {

    /** Read and written under this object's lock. */
    private final Region region;

    private PreservedPages(Region region) {
        this.region = region;
    }

    /** New counters, all zero, with a new epoch. */
    static PreservedPages create(Region region, Iterable<PageSize> sizes) {
        int index = 0;
        for (PageSize size : sizes) {
            HugetlbLayout.order(region, index, size.order());
            index++;
        }
        HugetlbLayout.sizes(region, index);
        UUID epoch = UUID.randomUUID();
        HugetlbLayout.epoch(region, epoch.getMostSignificantBits(), epoch.getLeastSignificantBits());
        return new PreservedPages(region);
    }

    /**
     * The counters that are there.
     *
     * @throws LiveUpdateException {@code EINVAL} if they make no sense
     */
    static PreservedPages open(Region region) throws LiveUpdateException {
        int sizes = HugetlbLayout.sizes(region);
        boolean valid = sizes <= HugetlbLayout.MAX_SIZES;
        for (int index = 0; valid && index < sizes; index++) {
            valid = HugetlbLayout.pages(region, index) >= 0 && HugetlbLayout.order(region, index) < Long.SIZE;
        }
        if (!valid) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "counters of huge pages: expected at most 4 page sizes with their numbers, found " + sizes
                            + " or nonsense");
        }
        return new PreservedPages(region);
    }

    /** What the names of files on hugetlbfs begin with that belong to this state. */
    String epoch() {
        return HugetlbLayout.epoch(region);
    }

    @Override
    public synchronized long pages(long pageSize) {
        int index = find(pageSize);
        return index < 0 ? 0 : HugetlbLayout.pages(region, index);
    }

    @Override
    public synchronized void add(long pageSize, long pages) throws LiveUpdateException {
        change(pageSize, pages, pages);
    }

    @Override
    public synchronized void remove(long pageSize, long pages) throws LiveUpdateException {
        change(pageSize, pages, -pages);
    }

    private void change(long pageSize, long pages, long difference) throws LiveUpdateException {
        int index = find(pageSize);
        if (index < 0) {
            throw new LiveUpdateException(Errno.ENOENT, "pages of " + pageSize + " bytes are not counted here");
        }
        long before = HugetlbLayout.pages(region, index);
        if (pages < 0 || before + difference < 0) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "there are " + before + " pages of " + pageSize + " bytes: cannot count " + difference);
        }
        HugetlbLayout.pages(region, index, before + difference);
    }

    private int find(long pageSize) {
        for (int index = 0; index < HugetlbLayout.sizes(region); index++) {
            if (pageSize == 4096L << HugetlbLayout.order(region, index)) {
                return index;
            }
        }
        return -1;
    }
}
