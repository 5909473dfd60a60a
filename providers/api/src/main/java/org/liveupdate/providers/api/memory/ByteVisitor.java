package org.liveupdate.providers.api.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** Sees the bytes of a file piece by piece: see {@link ByteFile#visit}. */
@ConsumerType
@FunctionalInterface
public interface ByteVisitor {

    /**
     * The next piece.
     *
     * @param view read-only, from its position 0 to its limit, at most 1 GiB, never empty; to be used before this
     *        returns and not kept, because the memory behind it may become somebody else's
     * @throws IOException ends the visit and is passed on
     */
    void bytes(ByteBuffer view) throws IOException;
}
