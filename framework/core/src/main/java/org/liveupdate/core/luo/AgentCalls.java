package org.liveupdate.core.luo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** What agents ask for: sessions, their files, and the objects of FLBs. Thread safe. */
public final class AgentCalls {
    private final Orchestrator core;
    private final Sessions sessions;
    private final Preserving preserving;
    private final Retrieving retrieving;
    private final FlbHandles handles;
    private final Discarding discarding;

    AgentCalls(Orchestrator core, Preserving preserving, Discarding discarding) {
        this.core = core;
        this.preserving = preserving;
        this.discarding = discarding;
        this.sessions = core.sessions();
        this.retrieving = core.retrieving();
        this.handles = core.handles();
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#createSession}.
     *
     * @param name
     *            its name
     * @return the session
     * @throws LiveUpdateException
     *             as there
     */
    public SessionState createSession(String name) throws LiveUpdateException {
        return sessions.create(name);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#openSession}.
     *
     * @param name
     *            its name
     * @return the session
     * @throws LiveUpdateException
     *             as there
     */
    public SessionState openSession(String name) throws LiveUpdateException {
        return sessions.find(name);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#retrieveSession}.
     *
     * @param name
     *            its name
     * @return the session
     * @throws LiveUpdateException
     *             as there
     */
    public SessionState retrieveSession(String name) throws LiveUpdateException {
        return sessions.retrieve(name);
    }

    /**
     * Whoever had a session open is gone without closing it.
     *
     * @param session
     *            an incoming one can be retrieved again, an outgoing one stays
     */
    public void abandonSession(SessionState session) {
        if (session instanceof IncomingSession retrieved && !retrieved.gone()) {
            sessions.abandon(retrieved);
        }
    }

    /**
     * See {@link org.liveupdate.api.Session#preserve}.
     *
     * @param session
     *            where
     * @param token
     *            under which
     * @param file
     *            what
     * @throws LiveUpdateException
     *             as there
     */
    public void preserve(SessionState session, long token, Object file) throws LiveUpdateException {
        preserving.preserve(session, token, file);
    }

    /**
     * See {@link org.liveupdate.api.Session#retrieve}.
     *
     * @param session
     *            where
     * @param token
     *            which
     * @return the file
     * @throws LiveUpdateException
     *             as there
     */
    public Object retrieve(SessionState session, long token) throws LiveUpdateException {
        return retrieving.retrieve(session, token);
    }

    /**
     * See {@link org.liveupdate.api.Session#finish}.
     *
     * @param session
     *            which
     * @throws LiveUpdateException
     *             as there
     */
    public void finish(SessionState session) throws LiveUpdateException {
        retrieving.finish(session);
    }

    /**
     * See {@link org.liveupdate.api.Session#close}.
     *
     * @param session
     *            which
     * @return why an incoming session was not finished although it is no longer open, or empty
     * @throws LiveUpdateException
     *             the session stays open
     */
    public Optional<LiveUpdateException> close(SessionState session) throws LiveUpdateException {
        if (session instanceof IncomingSession retrieved) {
            return Optional.ofNullable(retrieving.close(retrieved));
        }
        preserving.close((OutgoingSession) session);
        return Optional.empty();
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#getIncoming} and {@link org.liveupdate.api.LiveUpdate#getOutgoing}.
     *
     * @param key
     *            which
     * @param side
     *            which
     * @param asker
     *            the bundle that asks
     * @param <T>
     *            the object's type
     * @return an open handle
     * @throws LiveUpdateException
     *             as there
     */
    public <T> FlbHandle<T> get(FlbKey<T> key, Side side, Module asker) throws LiveUpdateException {
        return handles.get(key, side, asker);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#lockIncoming} and {@link org.liveupdate.api.LiveUpdate#lockOutgoing}.
     *
     * @param key
     *            which
     * @param side
     *            which
     * @param asker
     *            the bundle that asks
     * @param <T>
     *            the object's type
     * @return an open lock
     * @throws LiveUpdateException
     *             as there
     */
    public <T> FlbLock<T> lock(FlbKey<T> key, Side side, Module asker) throws LiveUpdateException {
        return handles.lock(key, side, asker);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#discard}.
     *
     * @param compatible
     *            which FLB
     * @throws LiveUpdateException
     *             as there
     */
    public void discard(String compatible) throws LiveUpdateException {
        core.checkEnabled();
        discarding.flb(compatible);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#discardFile}.
     *
     * @param side
     *            which side the session is on
     * @param session
     *            its name
     * @param token
     *            which file
     * @throws LiveUpdateException
     *             as there
     */
    public void discardFile(Side side, String session, long token) throws LiveUpdateException {
        core.checkEnabled();
        discarding.file(side, session, token);
    }

    /**
     * See {@link org.liveupdate.api.Session#open}.
     *
     * @param session
     *            where
     * @param token
     *            which
     * @param type
     *            what the file has to be
     * @param asker
     *            the bundle that asks
     * @param <F>
     *            the file's type
     * @return an open handle
     * @throws LiveUpdateException
     *             as there
     */
    public <F> FileHandle<F> open(SessionState session, long token, Class<F> type, Module asker)
            throws LiveUpdateException {
        core.phases().checkNotFrozen();
        core.phases().enter(session);
        try {
            return core.openFiles().open(core, session, token, type, asker);
        } finally {
            core.phases().leave(session);
        }
    }

    /**
     * A bundle is gone: the handles that it had open are closed for it.
     *
     * @param asker
     *            which
     */
    public void closeHandlesOf(Module asker) {
        handles.closeAllOf(asker);
    }

    /**
     * The names of the sessions of one side, in order of creation.
     *
     * @param side
     *            which
     * @return a copy
     */
    public List<String> sessionNames(Side side) {
        core.lock().lock();
        try {
            return (side == Side.OUTGOING ? sessions.outgoingLocked() : sessions.incomingLocked()).stream()
                    .map(SessionState::name).toList();
        } finally {
            core.lock().unlock();
        }
    }

    /**
     * The tokens of a session, oldest first.
     *
     * @param session
     *            which
     * @return a copy
     */
    public List<Long> tokens(SessionState session) {
        if (session instanceof IncomingSession retrieved) {
            return retrieved.oldestFirst().stream().map(file -> file.token).toList();
        }
        return Arrays.stream(((OutgoingSession) session).oldestFirst()).map(file -> file.token).toList();
    }
}
