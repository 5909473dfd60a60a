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
    private final IdentitySet files = new IdentitySet();
    /** Further claims on files, which are rare. */
    private final Map<Object, Integer> further = new IdentityHashMap<>();
    private final Map<Object, Integer> keys = new HashMap<>();

    /** Claims unless claimed; returns whether it was free. */
    boolean claimFree(Object file, Object identity) {
        return identity == file ? files.add(file) : keys.putIfAbsent(identity, 1) == null;
    }

    void claim(Object file, Object identity) {
        if (identity != file) {
            keys.merge(identity, 1, Integer::sum);
        } else if (!files.add(file)) {
            further.merge(file, 1, Integer::sum);
        }
    }

    void release(Object file, Object identity) {
        if (identity != file) {
            decrement(keys, identity);
        } else if (further.isEmpty() || !decrement(further, file)) {
            files.remove(file);
        }
    }

    /** Takes one claim away; returns whether there was one. */
    private static boolean decrement(Map<Object, Integer> claims, Object identity) {
        Integer count = claims.get(identity);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            claims.remove(identity);
        } else {
            claims.put(identity, count - 1);
        }
        return true;
    }
}
