package org.liveupdate.shell;

import java.util.HashMap;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;

/**
 * The sessions that the shell has open, from one command to the next: an incoming one stays with whoever took it. Thread
 * safe.
 */
final class OpenSessions {
    /** What a command does with a session. */
    interface Use<R> {
        R apply(Session session) throws LiveUpdateException;
    }

    private record Key(Side side, String name) {}

    private final LiveUpdate liveUpdate;
    /** Guarded by this. */
    private final Map<Key, Session> open = new HashMap<>();

    OpenSessions(LiveUpdate liveUpdate) {
        this.liveUpdate = liveUpdate;
    }

    /** A session that the shell has created. */
    synchronized void add(Session session) {
        open.put(new Key(session.side(), session.name()), session);
    }

    /**
     * Does something with the session of that name, which is opened if the shell has not done so.
     *
     * @throws LiveUpdateException
     *             as {@link LiveUpdate#openSession} and {@link LiveUpdate#retrieveSession}, and what is thrown by the use
     */
    <R> R use(Side side, String name, Use<R> use) throws LiveUpdateException {
        Key key = new Key(side, name);
        Session session = find(key);
        try {
            return use.apply(session);
        } catch (LiveUpdateException e) {
            if (e.errno() != Errno.EBADF) {
                throw e;
            }
            // somebody else has closed that one; if there is another of this name, it is meant
            forget(key, session);
            return use.apply(find(key));
        }
    }

    /** Does the last thing with a session, which closes it. */
    void end(Side side, String name, Use<Void> use) throws LiveUpdateException {
        use(side, name, session -> {
            use.apply(session);
            forget(new Key(side, name), session);
            return null;
        });
    }

    private synchronized Session find(Key key) throws LiveUpdateException {
        Session session = open.get(key);
        if (session == null) {
            session = key.side() == Side.OUTGOING
                    ? liveUpdate.openSession(key.name())
                    : liveUpdate.retrieveSession(key.name());
            open.put(key, session);
        }
        return session;
    }

    private synchronized void forget(Key key, Session session) {
        open.remove(key, session);
    }
}
