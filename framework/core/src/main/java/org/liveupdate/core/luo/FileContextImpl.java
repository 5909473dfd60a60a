package org.liveupdate.core.luo;

import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.kho.ScopeControl;

/** What a callback of a file handler sees. */
final class FileContextImpl extends ContextBase implements FileContext {
    private final SessionState session;
    private final long token;

    private FileContextImpl(Orchestrator core, HandlerRuntime handler, SessionState session, long token,
            Reason reason, Freeing freeing, ScopeControl scope, long inheritedScope) {
        super(core, handler.compatible(), handler.module(), session.side(), reason, freeing, scope, inheritedScope);
        this.session = session;
        this.token = token;
    }

    static FileContextImpl preserving(Orchestrator core, HandlerRuntime handler, OutgoingSession session, long token) {
        return new FileContextImpl(core, handler, session, token, Reason.HANDOVER, Freeing.ALLOWED, null, 0);
    }

    static FileContextImpl outgoing(Orchestrator core, OutgoingSession session, HeldFile file) {
        return new FileContextImpl(core, file.handler(), session, file.token, Reason.HANDOVER, Freeing.ALLOWED,
                file.scope(), 0);
    }

    static FileContextImpl incoming(Orchestrator core, IncomingSession session, IncomingFile file, Freeing freeing) {
        return new FileContextImpl(core, file.handler, session, file.token, Reason.HANDOVER, freeing, file.scope,
                file.scopeId);
    }

    /** For a detach, or for the retrieve of the next owner, which takes the memory over. */
    static FileContextImpl attaching(Orchestrator core, HandlerRuntime handler, OutgoingSession session,
            HeldFile file) {
        core.memory().handOver(file.scope(), handler.module());
        return new FileContextImpl(core, handler, session, file.token, Reason.ATTACH, Freeing.REFUSED, file.scope(), 0);
    }

    /** The same on the incoming side. */
    static FileContextImpl attaching(Orchestrator core, HandlerRuntime handler, IncomingSession session,
            IncomingFile file) {
        core.memory().handOver(file.scope, handler.module());
        return new FileContextImpl(core, handler, session, file.token, Reason.ATTACH, Freeing.REFUSED, file.scope,
                file.scopeId);
    }

    @Override
    String scopeOwner() {
        return "file " + token + " of " + session.name() + " (" + compatible() + ")";
    }

    @Override
    public String session() {
        return session.name();
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public long token(Object file) throws LiveUpdateException {
        if (!(session instanceof OutgoingSession outgoing)) {
            throw new LiveUpdateException(Errno.EINVAL, "files of an " + session + " are asked for by token");
        }
        if (!outgoing.turn().isMine()) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "tokens of " + session + " can be asked for inside a callback only, in its thread");
        }
        HeldFile held = outgoing.held(file);
        if (held == null) {
            throw new LiveUpdateException(Errno.ENOENT, "that file is not preserved in " + session);
        }
        return held.token;
    }

    @Override
    public <F> F file(long other, Class<F> type) throws LiveUpdateException {
        Object file = session instanceof IncomingSession incoming
                ? core().retrieving().retrieve(incoming, other)
                : preserved((OutgoingSession) session, other);
        if (!type.isInstance(file)) {
            throw new LiveUpdateException(Errno.EINVAL, "file " + other + " of " + session + " is a "
                    + file.getClass().getName() + ", not a " + type.getName());
        }
        return type.cast(file);
    }

    /** Only for who retrieves in place of another: whoever preserves has the file, and asks for its token. */
    private Object preserved(OutgoingSession outgoing, long other) throws LiveUpdateException {
        if (reason() != Reason.ATTACH) {
            throw new LiveUpdateException(Errno.EINVAL, "tokens of an " + outgoing + " are asked for by file");
        }
        HeldFile held = outgoing.file(other);
        if (held == null) {
            throw new LiveUpdateException(Errno.ENOENT, "there is no file with token " + other + " in " + outgoing);
        }
        Object file = held.file();
        if (file == null) {
            throw core().attaching().missing(outgoing, held);
        }
        return file;
    }
}
