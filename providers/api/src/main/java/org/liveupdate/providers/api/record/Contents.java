package org.liveupdate.providers.api.record;

import java.util.Objects;

/**
 * What a record contains. Equal if it is the same array: compare the bytes to compare contents.
 *
 * @param version of the user's own format, 0 or more, for the user only
 * @param bytes not null, possibly none; neither copied here nor to be changed
 */
public record Contents(int version, byte[] bytes) {

    /** Checks the arguments: a negative version is an {@link IllegalArgumentException}. */
    public Contents {
        Objects.requireNonNull(bytes, "bytes");
        if (version < 0) {
            throw new IllegalArgumentException("a version is 0 or more, not " + version);
        }
    }
}
