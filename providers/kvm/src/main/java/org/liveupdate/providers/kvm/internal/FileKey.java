package org.liveupdate.providers.kvm.internal;

import java.util.Objects;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.Side;

/**
 * Where a file is held.
 *
 * @param side of the session
 * @param session its name
 * @param token of the file in it
 */
record FileKey(Side side, String session, long token) {

    /** The file that a callback is about. */
    static FileKey of(FileContext context) {
        return new FileKey(context.side(), context.session(), context.token());
    }

    /** Another file of the same session. */
    FileKey other(long otherToken) {
        return new FileKey(side, session, otherToken);
    }

    // written out: those that the JDK makes for a record keep its class loader, and so a bundle that has stopped, softly
    // referred to

    @Override
    public boolean equals(Object other) {
        return other instanceof FileKey key && side == key.side && token == key.token && session.equals(key.session);
    }

    @Override
    public int hashCode() {
        return Objects.hash(side, session, token);
    }
}
