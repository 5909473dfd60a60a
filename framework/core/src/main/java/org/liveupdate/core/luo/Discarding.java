package org.liveupdate.core.luo;

import java.util.List;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.ScopeControl;

/** An operator gives up what nobody can serve: no callback is called, memory is freed, what depended on it is told. */
final class Discarding {
    private final Orchestrator core;
    private final CoreLock lock;

    Discarding(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
    }

    /** An FLB of either side that no file needs. */
    void flb(String compatible) throws LiveUpdateException {
        if (!outgoingFlb(compatible)) {
            core.incoming().discard(compatible);
        }
        core.journal().write(EventId.DISCARDED, "FLB " + compatible,
                "the state of FLB " + compatible + " was given up by an operator, its memory is free");
        core.changed();
    }

    private boolean outgoingFlb(String compatible) throws LiveUpdateException {
        lock.lock();
        try {
            FlbRuntime standing = core.names().standing(compatible);
            return standing != null && core.outgoing().discardLocked(standing.outgoing);
        } finally {
            lock.unlock();
        }
    }

    /** A file that no handler can serve. */
    void file(Side side, String name, long token) throws LiveUpdateException {
        SessionState session = session(side, name);
        core.phases().checkNotFrozen();
        core.phases().enter(session);
        try {
            if (session instanceof OutgoingSession outgoing) {
                discard(outgoing, known(outgoing.file(token), session, token));
            } else {
                IncomingSession incoming = (IncomingSession) session;
                discard(incoming, known(incoming.file(token), session, token));
            }
        } finally {
            core.phases().leave(session);
        }
        core.journal().write(EventId.DISCARDED, session, "file " + token + " of " + session
                + " was given up by an operator, its memory is free");
        core.changed();
        if (side == Side.INCOMING && session.size() == 0) {
            core.handover().sessionEmptied();
        }
    }

    private SessionState session(Side side, String name) throws LiveUpdateException {
        lock.lock();
        try {
            for (SessionState session : core.sessions().allLocked()) {
                if (session.side() == side && session.name().equals(name)) {
                    return session;
                }
            }
        } finally {
            lock.unlock();
        }
        throw new LiveUpdateException(Errno.ENOENT, "there is no " + side + " session \"" + name + '"');
    }

    private static <F> F known(F file, SessionState session, long token) throws LiveUpdateException {
        if (file == null) {
            throw new LiveUpdateException(Errno.ENOENT, "there is no file with token " + token + " in " + session);
        }
        return file;
    }

    private void discard(OutgoingSession session, HeldFile file) throws LiveUpdateException {
        if (!file.isDetached()) {
            throw new LiveUpdateException(Errno.EBUSY, "file " + file.token + " of " + session + " is not given up: "
                    + file.handler() + " serves it; close the session instead");
        }
        lock.lock();
        try {
            session.remove(file);
            for (int i = file.flbs.length - 1; i >= 0; i--) {
                core.outgoing().releaseLocked(file.flbs[i]);
            }
        } finally {
            lock.unlock();
        }
        core.memory().discard(0, file.scope());
    }

    private void discard(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        if (canBeServed(file)) {
            throw new LiveUpdateException(Errno.EBUSY, "file " + file.token + " of " + session + " is not given up: "
                    + file.handler + " can retrieve and finish it; finish the session instead");
        }
        HandlerRuntime handler = file.handler;
        Object retrieved = file.file;
        lock.lock();
        try {
            session.remove(file);
            for (int i = file.flbs.length - 1; i >= 0; i--) {
                core.incoming().fileFinishedLocked(file.flbs[i]);
            }
            core.detaching().letGoLocked(file);
        } finally {
            lock.unlock();
        }
        if (retrieved != null) {
            core.callbacks().tell(handler, Callback.FINISH,
                    () -> handler.handler().release(retrieved));
        }
        core.memory().discard(file.scopeId, file.scope);
    }

    private boolean canBeServed(IncomingFile file) {
        return file.handler != null && !file.detached && file.failure == null
                && scopes(file).stream().allMatch(Discarding::isIntact);
    }

    private List<ScopeControl> scopes(IncomingFile file) {
        lock.lock();
        try {
            return file.scopesLocked();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is still being verified. */
    private static boolean isIntact(ScopeControl scope) {
        try {
            if (scope != null) {
                scope.requireIntact();
            }
            return true;
        } catch (KhoException e) {
            return false; // it is corrupt
        }
    }
}
