package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.ContextBase.Freeing;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.ScopeControl;

/** Takes files out of incoming sessions, and finishes them. */
final class Retrieving {
    private final Orchestrator core;
    private final CoreLock lock;
    /** Guarded by the core lock. */
    private final Identities identities;

    Retrieving(Orchestrator core, Identities identities) {
        this.core = core;
        this.lock = core.lock();
        this.identities = identities;
    }

    Object retrieve(SessionState target, long token) throws LiveUpdateException {
        core.phases().checkNotFrozen();
        IncomingSession session = incoming(target, "retrieved from");
        core.phases().enter(session);
        try {
            return retrieveInTurn(session, token);
        } finally {
            core.phases().leave(session);
        }
    }

    /** A callback of the session asks for another of its files. */
    Object retrieve(IncomingSession session, long token) throws LiveUpdateException {
        if (!session.turn().isMine()) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "files of " + session + " can be asked for inside a callback only, in its thread");
        }
        return retrieveInTurn(session, token);
    }

    private Object retrieveInTurn(IncomingSession session, long token) throws LiveUpdateException {
        IncomingFile file = session.file(token);
        if (file == null) {
            throw new LiveUpdateException(Errno.ENOENT, "there is no file with token " + token + " in " + session);
        }
        if (!bind(file)) {
            throw unbound(session, file);
        }
        if (file.failure != null) {
            throw file.failure;
        }
        if (file.retrieving) {
            throw new LiveUpdateException(Errno.EDEADLK,
                    "file " + token + " of " + session + " is being retrieved already: a cycle");
        }
        Object retrieved = file.file;
        return retrieved == null ? callRetrieve(session, file) : retrieved;
    }

    /** Why a file has no handler. */
    LiveUpdateException unbound(IncomingSession session, IncomingFile file) {
        String which = "file " + file.token + " of " + session;
        HandlerRuntime handler = core.registry().handler(file.compatible);
        if (handler != null && !core.bindings().allows(handler.module(), file.preservedBy)) {
            return new LiveUpdateException(Errno.EPERM, which + " was preserved by " + file.preservedBy + ", not by "
                    + handler.module().owner() + ", which has registered " + file.compatible
                    + " here; install that bundle, swap it for this one, or set liveupdate.ownership=any");
        }
        return new LiveUpdateException(Errno.ENODEV, which + (file.detached ? " is detached and" : "")
                + " waits for handler " + file.compatible + "; install and start the bundle that provides it");
    }

    private boolean bind(IncomingFile file) {
        lock.lock();
        try {
            return core.sessions().bindLocked(file);
        } finally {
            lock.unlock();
        }
    }

    /** Retrieves a file that is bound, for the first time or after its earlier handler has left. */
    Object callRetrieve(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        HandlerRuntime handler = file.handler;
        if (handler == null) {
            throw unbound(session, file);
        }
        FileContextImpl context = file.detached ? FileContextImpl.attaching(core, handler, session, file)
                : FileContextImpl.incoming(core, session, file, Freeing.REFUSED);
        file.retrieving = true;
        try {
            Object result = retrieve(session, file, handler, context);
            file.scope = context.succeeded();
            core.timeline().retrieved();
            core.changed();
            return result;
        } catch (LiveUpdateException e) {
            file.scope = context.failed();
            if (file.handler == handler) {
                file.failure = e;
            }
            throw e;
        } finally {
            file.retrieving = false;
        }
    }

    private Object retrieve(IncomingSession session, IncomingFile file, HandlerRuntime handler,
            FileContextImpl context) throws LiveUpdateException {
        Object result = core.callbacks().call(handler, session, file.token, Callback.RETRIEVE,
                () -> handler.handler().retrieve(context, file.data));
        if (result == null) {
            throw new LiveUpdateException(Errno.EIO, handler + ": retrieve returned null");
        }
        Object identity = core.callbacks().ask(handler, Callback.RETRIEVE, () -> handler.handler().identity(result));
        core.callbacks().tell(handler, Callback.RETRIEVE, () -> handler.handler().hold(result));
        retrieved(session, file, handler, result, identity);
        return result;
    }

    private void retrieved(IncomingSession session, IncomingFile file, HandlerRuntime handler, Object result,
            Object identity) throws LiveUpdateException {
        lock.lock();
        try {
            if (file.handler != handler) {
                throw unbound(session, file); // the handler left while it retrieved
            }
            identities.claim(result, identity);
            file.identity = identity;
            file.file = result;
            file.detached = false;
        } finally {
            lock.unlock();
        }
    }

    void finish(SessionState target) throws LiveUpdateException {
        core.phases().checkNotFrozen();
        IncomingSession session = incoming(target, "finished in");
        core.phases().enter(session);
        try {
            finishInTurn(session);
        } finally {
            core.phases().leave(session);
        }
    }

    /**
     * Finishes and ends a session; if that is refused it can be retrieved again.
     *
     * @return why finishing was refused, or null; what is thrown leaves the session as it was, open
     */
    LiveUpdateException close(IncomingSession session) throws LiveUpdateException {
        core.phases().checkNotFrozen();
        core.phases().enter(session);
        try {
            checkNotFromTheirFlbs(session);
            try {
                finishInTurn(session);
            } catch (LiveUpdateException e) {
                core.sessions().abandon(session);
                return e;
            }
            core.sessions().remove(session);
            return null;
        } finally {
            core.phases().leave(session);
        }
    }

    private static IncomingSession incoming(SessionState target, String what) throws LiveUpdateException {
        if (target instanceof IncomingSession session) {
            return session;
        }
        throw new LiveUpdateException(Errno.EINVAL, "nothing can be " + what + " the " + target);
    }

    private void finishInTurn(IncomingSession session) throws LiveUpdateException {
        checkNotFromTheirFlbs(session);
        bindAll(session);
        List<IncomingFile> files = new ArrayList<>(session.oldestFirst());
        for (IncomingFile file : files) {
            attach(session, file);
        }
        for (IncomingFile file : files) {
            checkIntact(session, file);
            checkCanFinish(session, file);
        }
        for (IncomingFile file = session.newest(); file != null; file = session.newest()) {
            finish(session, file);
        }
    }

    private void checkNotFromTheirFlbs(IncomingSession session) throws LiveUpdateException {
        lock.lock();
        try {
            for (IncomingFile file : session.oldestFirst()) {
                for (IncomingFlb entry : file.flbs) {
                    FlbRuntime standing = core.names().standing(entry.name);
                    if (standing != null) {
                        core.serving().checkNotMine(standing);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Retrieves what an earlier handler had retrieved and a present one can take over; in the session's turn. A file that
     * is back may be what the handler of another one has missed: that one is tried again.
     */
    void attachInTurn(IncomingSession session) {
        Set<HandlerRuntime> takers = new LinkedHashSet<>();
        long attached = 0;
        long more;
        do {
            more = attachOnce(session, takers);
            attached += more;
        } while (more > 0 && forgetMissing(session));
        if (attached > 0) {
            core.attaching().attached(session, attached, takers);
        }
    }

    private static boolean forgetMissing(IncomingSession session) {
        boolean found = false;
        for (IncomingFile file : session.oldestFirst()) {
            found |= file.forgetMissing();
        }
        return found;
    }

    private long attachOnce(IncomingSession session, Set<HandlerRuntime> takers) {
        long attached = 0;
        for (IncomingFile file : session.oldestFirst()) {
            if (file.detached && bind(file) && file.failure == null) {
                try {
                    callRetrieve(session, file);
                    takers.add(file.handler);
                    attached++;
                } catch (LiveUpdateException e) {
                    core.journal().write(Attaching.notAttached(e), session, e.errno(),
                            "file " + file.token + " of " + session + " stays detached: " + e.getMessage());
                }
            }
        }
        return attached;
    }

    /** A file that an earlier handler had retrieved is retrieved again before it can be finished. */
    private void attach(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        if (file.detached) {
            try {
                if (file.failure != null) {
                    throw file.failure;
                }
                callRetrieve(session, file);
            } catch (LiveUpdateException e) {
                throw new LiveUpdateException(Errno.ENODEV, session + " cannot be finished: file " + file.token
                        + " is detached, and retrieving it failed: " + e.getMessage() + "; nothing was touched");
            }
        }
    }

    private void bindAll(IncomingSession session) throws LiveUpdateException {
        lock.lock();
        try {
            IncomingFile unbound = core.sessions().bindAllLocked(session);
            if (unbound != null) {
                throw new LiveUpdateException(Errno.ENODEV, session + " cannot be finished: "
                        + unbound(session, unbound).getMessage() + "; nothing was touched");
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is still being verified of the memory of a file, and of its FLBs, is awaited. */
    private void checkIntact(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        List<ScopeControl> scopes;
        lock.lock();
        try {
            scopes = file.scopesLocked();
        } finally {
            lock.unlock();
        }
        for (ScopeControl scope : scopes) {
            try {
                if (scope != null) {
                    scope.requireIntact();
                }
            } catch (KhoException e) {
                throw new LiveUpdateException(Callbacks.errno(e), session + " cannot be finished: file " + file.token
                        + ": " + e.getMessage() + "; nothing was touched");
            }
        }
    }

    private void checkCanFinish(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        HandlerRuntime handler = handlerOf(session, file);
        FileContextImpl context = FileContextImpl.incoming(core, session, file, Freeing.REFUSED);
        boolean can;
        try {
            can = core.callbacks().call(handler, session, file.token, Callback.CAN_FINISH,
                    () -> handler.handler().canFinish(context, file.file, file.data, file.status()));
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.CALLBACK_FAILED, handler, e.errno(),
                    e.getMessage() + "; taken as a refusal");
            can = false;
        }
        file.scope = context.succeeded();
        if (!can) {
            throw new LiveUpdateException(Errno.EBUSY, session + " cannot be finished: " + handler
                    + " refuses for file " + file.token + "; nothing was touched");
        }
    }

    private HandlerRuntime handlerOf(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        HandlerRuntime handler = file.handler;
        if (handler == null || file.detached) {
            throw unbound(session, file);
        }
        return handler;
    }

    private void finish(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        HandlerRuntime handler = handlerOf(session, file);
        Object retrieved = file.file;
        FileContextImpl context = FileContextImpl.incoming(core, session, file, Freeing.ALLOWED);
        core.callbacks().run(handler, session, file.token, Callback.FINISH,
                () -> handler.handler().finish(context, retrieved, file.data, file.status()));
        context.ended();
        session.removeNewest();
        core.changed();
        boolean ours;
        lock.lock();
        try {
            for (int i = file.flbs.length - 1; i >= 0; i--) {
                core.incoming().fileFinishedLocked(file.flbs[i]);
            }
            ours = core.detaching().letGoLocked(file); // false if its owner left meanwhile, and was let go then
        } finally {
            lock.unlock();
        }
        if (ours && retrieved != null) {
            core.callbacks().tell(handler, Callback.FINISH, () -> handler.handler().release(retrieved));
        }
        if (session.size() == 0) {
            core.handover().sessionEmptied();
        }
    }
}
