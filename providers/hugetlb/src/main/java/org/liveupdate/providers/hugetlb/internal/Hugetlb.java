package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.liveupdate.providers.api.support.Unfreed;

/**
 * What the FLB, the handler and the factory of this bundle share: the pools of pages, and the hugetlbfs mount. Needs no
 * handover memory, so that FLB and handler are there before it is. Thread safe.
 */
final class Hugetlb {

    private final SystemPageSizes system;
    private final PageCounts counts;
    private final Unfreed unfreed = new Unfreed();
    /** All there have been; guarded by this. */
    private final List<HugeMount> mounts = new ArrayList<>();
    /** Null for none; written under this object's lock. */
    private volatile HugeMount mount;
    /** Why a configured mount is not used, or null. */
    private volatile String obstacle;

    /**
     * Reads the configuration. A mount that cannot be used is left out: the model does without.
     *
     * @param property answers framework properties
     * @param sysfs usually {@link SystemPageSizes#SYSFS}
     * @throws IllegalArgumentException if a value makes no sense
     */
    Hugetlb(UnaryOperator<String> property, Path sysfs) {
        this.system = new SystemPageSizes(sysfs);
        Settings settings = Settings.read(property, system.read());
        this.counts = new PageCounts(settings.limits());
        try {
            use(open(settings.mount()));
        } catch (IOException e) {
            obstacle = e.toString();
        }
    }

    /**
     * Changes the configuration. Pages that files have they keep, even beyond a new limit.
     *
     * @param property answers what is configured
     * @throws IllegalArgumentException if a value makes no sense; nothing has changed
     * @throws IOException if the mount cannot be used, or must not change because files are on it; nothing has changed
     */
    synchronized void configure(UnaryOperator<String> property) throws IOException {
        Settings settings = Settings.read(property, system.read());
        HugeMount present = mount;
        if (present == null || settings.mount() == null || !present.isAt(settings.mount())) {
            HugeMount next = open(settings.mount());
            if (present != null && present.hasFiles()) {
                throw new IOException(Settings.MOUNT + ": expected " + present.directory()
                        + " as long as files are on it, found " + settings.mount());
            }
            use(next);
        }
        counts.limits(settings.limits());
    }

    private HugeMount open(Path directory) throws IOException {
        if (directory == null) {
            return null;
        }
        HugeMount found = HugeMount.at(directory);
        if (!counts.has(found.pageSize())) {
            throw new IOException(directory + ": expected pages of one of " + counts.sizes() + ", found "
                    + found.pageSize());
        }
        return found;
    }

    private synchronized void use(HugeMount next) {
        if (next != null) {
            mounts.add(next);
        }
        mount = next;
        obstacle = null;
    }

    /** Preserved files on hugetlbfs stay, others end with the bundle. */
    synchronized void stop() throws IOException {
        for (HugeMount each : mounts) {
            each.stop();
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

    /** Whether a mount, or null, has that many real huge pages; guessed where the system does not tell. */
    boolean hasRealPages(HugeMount present, PageSize size, long pages) {
        return present != null && present.pageSize().equals(size) && system.free(size).orElse(Long.MAX_VALUE) >= pages;
    }

    /** Where new files get their pages from, for people. */
    String describe() {
        HugeMount present = mount;
        if (present != null) {
            return "hugetlbfs at " + present.directory() + " for pages of " + present.pageSize() + ", else "
                    + OrdinaryRun.BACKING;
        }
        String reason = obstacle;
        return OrdinaryRun.BACKING + (reason == null ? "" : "; the configured mount is not used: " + reason);
    }
}
