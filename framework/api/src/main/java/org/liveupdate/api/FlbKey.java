package org.liveupdate.api;

import java.util.Objects;

/**
 * Names an FLB and the type its object has to have in the asker's class space.
 *
 * @param compatible
 *            the compatible string, not null
 * @param type
 *            the class of the live object, not null
 * @param <T>
 *            the same
 */
public record FlbKey<T>(String compatible, Class<T> type) {
    /** Checks that nothing is null. */
    public FlbKey {
        Objects.requireNonNull(compatible, "compatible");
        Objects.requireNonNull(type, "type");
    }
}
