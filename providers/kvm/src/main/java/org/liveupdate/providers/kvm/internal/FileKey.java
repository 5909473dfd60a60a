package org.liveupdate.providers.kvm.internal;

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
}
