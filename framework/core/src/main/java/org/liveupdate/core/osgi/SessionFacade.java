package org.liveupdate.core.osgi;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.core.luo.SessionState;

/** A session as one agent has it open. */
final class SessionFacade implements Session {
    private enum State {
        OPEN, CLOSED,
        /** Let go of without being closed: {@link #abandon}. */
        ABANDONED
    }

    private final Orchestrator core;
    private final SessionState session;
    private final Module agent;
    private final Consumer<SessionFacade> whenClosed;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    SessionFacade(Orchestrator core, SessionState session, Module agent, Consumer<SessionFacade> whenClosed) {
        this.core = core;
        this.session = session;
        this.agent = agent;
        this.whenClosed = whenClosed;
    }

    @Override
    public String name() {
        return session.name();
    }

    @Override
    public Side side() {
        return session.side();
    }

    @Override
    public List<Long> tokens() {
        return core.agents().tokens(session);
    }

    @Override
    public void preserve(long token, Object file) throws LiveUpdateException {
        checkOpen();
        core.agents().preserve(session, token, file);
    }

    @Override
    public <F> F retrieve(long token, Class<F> type) throws LiveUpdateException {
        checkOpen();
        Object file = core.agents().retrieve(session, token);
        if (!type.isInstance(file)) {
            throw new LiveUpdateException(Errno.EINVAL, "file " + token + " of " + session + " is a "
                    + file.getClass().getName() + ", which is no " + type.getName() + " in the caller's class space");
        }
        return type.cast(file);
    }

    @Override
    public <F> FileHandle<F> open(long token, Class<F> type) throws LiveUpdateException {
        checkOpen();
        return core.agents().open(session, token, type, agent);
    }

    @Override
    public void finish() throws LiveUpdateException {
        checkOpen();
        core.agents().finish(session);
    }

    @Override
    public void close() throws LiveUpdateException {
        if (state.get() == State.ABANDONED) {
            throw new LiveUpdateException(Errno.EBADF, session + " was not closed: the core, or this bundle's use of "
                    + "it, ended before; the session is still there, find it again by its name");
        }
        if (state.get() == State.CLOSED) {
            return;
        }
        Optional<LiveUpdateException> refusal = core.agents().close(session);
        state.set(State.CLOSED);
        whenClosed.accept(this);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** The agent is gone without closing: the session stays, and can be found or retrieved again by its name. */
    void abandon() {
        if (state.compareAndSet(State.OPEN, State.ABANDONED)) {
            core.agents().abandonSession(session);
        }
    }

    private void checkOpen() throws LiveUpdateException {
        if (state.get() != State.OPEN) {
            throw new LiveUpdateException(Errno.EBADF, session + " was closed here");
        }
    }
}
