package org.liveupdate.core.luo;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Which files are preserved, or retrieved and unfinished, anywhere. Claims are counted: two retrieved files may turn out
 * to be the same. A file that is its own identity is compared by reference, a key of the handler by {@code equals}; the
 * two kinds are never equal.
 *
 * <p>
 * Guarded by the core lock.
 */
final class Identities {
    private final Map<Object, Integer> files = new IdentityHashMap<>();
    private final Map<Object, Integer> keys = new HashMap<>();

    /** Claims unless claimed; returns whether it was free. */
    boolean claimFree(Object file, Object identity) {
        return table(file, identity).putIfAbsent(identity, 1) == null;
    }

    void claim(Object file, Object identity) {
        table(file, identity).merge(identity, 1, Integer::sum);
    }

    void release(Object file, Object identity) {
        table(file, identity).computeIfPresent(identity, (key, count) -> count == 1 ? null : count - 1);
    }

    private Map<Object, Integer> table(Object file, Object identity) {
        return identity == file ? files : keys;
    }
}
