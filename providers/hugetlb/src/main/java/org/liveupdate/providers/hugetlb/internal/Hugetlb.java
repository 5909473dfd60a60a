package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.liveupdate.providers.api.support.Unfreed;

/**
 * What the FLB, the handler and the factory of this bundle share: the pools of pages, and the hugetlbfs mount. Needs no
 * handover memory, so that FLB and handler are there before it is.
 */
final class Hugetlb {

    private final SystemPageSizes system;
    private final PageCounts counts;
    private final Unfreed unfreed = new Unfreed();
    /** Null for none. */
    private final HugeMount mount;
    /** Why a configured mount is not used, or null. */
    private final String obstacle;

    /**
     * Reads the configuration.
     *
     * @param property answers framework properties
     * @param sysfs usually {@link SystemPageSizes#SYSFS}
     */
    Hugetlb(UnaryOperator<String> property, Path sysfs) {
        this.system = new SystemPageSizes(sysfs);
        Settings settings = Settings.read(property, system.read());
        this.counts = new PageCounts(settings.limits());
        HugeMount found = null;
        String refusal = null;
        if (settings.mount() != null) {
            try {
                found = HugeMount.at(settings.mount());
                if (!counts.has(found.pageSize())) {
                    throw new IOException(settings.mount() + " has pages of " + found.pageSize());
                }
            } catch (IOException e) {
                found = null;
                refusal = e.toString();
            }
        }
        this.mount = found;
        this.obstacle = refusal;
    }

    /** Preserved files on hugetlbfs stay, others end with the bundle. */
    void stop() throws IOException {
        if (mount != null) {
            mount.stop();
        }
    }

    PageCounts counts() {
        return counts;
    }

    /** Where the pages of files wait that cannot be freed yet. */
    Unfreed unfreed() {
        return unfreed;
    }

    /** The mount, or null. */
    HugeMount mount() {
        return mount;
    }

    /** Whether that many real huge pages can be had; guessed where the system does not tell. */
    boolean hasRealPages(PageSize size, long pages) {
        return mount != null && mount.pageSize().equals(size) && system.free(size).orElse(Long.MAX_VALUE) >= pages;
    }

    /** Where new files get their pages from, for people. */
    String describe() {
        if (mount != null) {
            return "hugetlbfs at " + mount.directory() + " for pages of " + mount.pageSize() + ", else "
                    + OrdinaryRun.BACKING;
        }
        return OrdinaryRun.BACKING + (obstacle == null ? "" : "; the configured mount is not used: " + obstacle);
    }
}
