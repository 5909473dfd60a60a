package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes files on hugetlbfs that nobody will ever ask for: those of generations that died, and preserved ones that no
 * image refers to any more. Once in the life of the factory; as long as it cannot be told what images refer to, not yet.
 *
 * <p>Thread safe.
 */
final class Orphans {

    private final HugeMount mount;
    /** Guarded by this. */
    private boolean done;

    /** Looks after {@code mount}; null for none. */
    Orphans(HugeMount mount) {
        this.mount = mount;
        this.done = mount == null;
    }

    /**
     * Deletes them unless that has been done.
     *
     * @param epochs of preserved state, or empty if that cannot be told
     */
    synchronized void delete(Optional<Set<String>> epochs) {
        if (done || epochs.isEmpty()) {
            return;
        }
        try {
            mount.deleteOrphans(epochs.get());
            done = true;
        } catch (IOException e) {
            // they stay and take up pages; the next file that is created tries again
        }
    }
}
