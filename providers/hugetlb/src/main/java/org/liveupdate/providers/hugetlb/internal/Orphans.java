package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes files on hugetlbfs that nobody will ever ask for: those of generations that died, and preserved ones that no
 * image refers to any more. Once for each mount; as long as it cannot be told what images refer to, not yet.
 *
 * <p>Thread safe.
 */
final class Orphans {

    private final Hugetlb hugetlb;
    /** Where it has been done, or null; guarded by this. */
    private HugeMount done;

    /** Looks after the mount that is used at the time. */
    Orphans(Hugetlb hugetlb) {
        this.hugetlb = hugetlb;
    }

    /**
     * Deletes them unless that has been done.
     *
     * @param epochs of preserved state, or empty if that cannot be told
     */
    synchronized void delete(Optional<Set<String>> epochs) {
        HugeMount mount = hugetlb.mount();
        if (mount == null || mount == done || epochs.isEmpty()) {
            return;
        }
        try {
            mount.deleteOrphans(epochs.get());
            done = mount;
        } catch (IOException e) {
            // they stay and take up pages; the next file that is created tries again
        }
    }
}
