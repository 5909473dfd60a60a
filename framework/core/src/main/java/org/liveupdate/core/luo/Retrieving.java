package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
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
            throw new LiveUpdateException(Errno.ENODEV, "file " + token + " of " + session + " waits for handler "
                    + file.compatible + "; install and start the bundle that provides it");
        }
        if (file.failure != null) {
            throw file.failure;
        }
        if (file.retrieving) {
            throw new LiveUpdateException(Errno.EDEADLK,
                    "file " + token + " of " + session + " is being retrieved already: a cycle");
        }
        if (file.file == null) {
            callRetrieve(session, file);
        }
        return file.file;
    }

    private boolean bind(IncomingFile file) {
        lock.lock();
        try {
            return core.sessions().bindLocked(file);
        } finally {
            lock.unlock();
        }
    }

    private void callRetrieve(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        HandlerRuntime handler = file.handler;
        FileContextImpl context = FileContextImpl.incoming(core, session, file, Freeing.REFUSED);
        file.retrieving = true;
        try {
            Object result = core.callbacks().call(handler, Callback.RETRIEVE,
                    () -> handler.handler().retrieve(context, file.data));
            if (result == null) {
                throw new LiveUpdateException(Errno.EIO, handler + ": retrieve returned null");
            }
            file.identity = core.callbacks().call(handler, Callback.RETRIEVE, () -> handler.handler().identity(result));
            core.callbacks().run(handler, Callback.RETRIEVE, () -> handler.handler().hold(result));
            file.scope = context.succeeded();
            file.file = result;
        } catch (LiveUpdateException e) {
            file.scope = context.failed();
            file.failure = e;
            throw e;
        } finally {
            file.retrieving = false;
        }
        lock.lock();
        try {
            identities.claim(file.file, file.identity);
        } finally {
            lock.unlock();
        }
        core.timeline().retrieved();
        core.changed();
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
                    FlbRuntime standing = core.registry().standing(entry.name);
                    if (standing != null) {
                        core.serving().checkNotMine(standing);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void bindAll(IncomingSession session) throws LiveUpdateException {
        lock.lock();
        try {
            IncomingFile unbound = core.sessions().bindAllLocked(session);
            if (unbound != null) {
                throw new LiveUpdateException(Errno.ENODEV, session + " cannot be finished: file " + unbound.token
                        + " waits for handler " + unbound.compatible + "; nothing was touched");
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is still being verified of the memory of a file, and of its FLBs, is awaited. */
    private void checkIntact(IncomingSession session, IncomingFile file) throws LiveUpdateException {
        List<ScopeControl> scopes = new ArrayList<>();
        scopes.add(file.scope);
        lock.lock();
        try {
            for (IncomingFlb flb : file.flbs) {
                scopes.add(flb.scope);
            }
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
        HandlerRuntime handler = file.handler;
        FileContextImpl context = FileContextImpl.incoming(core, session, file, Freeing.REFUSED);
        boolean can;
        try {
            can = core.callbacks().call(handler, Callback.CAN_FINISH,
                    () -> handler.handler().canFinish(context, file.file, file.data, file.status()));
        } catch (LiveUpdateException e) {
            core.journal().warn(e.getMessage() + "; taken as a refusal");
            can = false;
        }
        file.scope = context.succeeded();
        if (!can) {
            throw new LiveUpdateException(Errno.EBUSY, session + " cannot be finished: " + handler
                    + " refuses for file " + file.token + "; nothing was touched");
        }
    }

    private void finish(IncomingSession session, IncomingFile file) {
        HandlerRuntime handler = file.handler;
        FileContextImpl context = FileContextImpl.incoming(core, session, file, Freeing.ALLOWED);
        core.callbacks().run(handler, Callback.FINISH,
                () -> handler.handler().finish(context, file.file, file.data, file.status()));
        context.ended();
        session.removeNewest();
        core.changed();
        lock.lock();
        try {
            for (int i = file.flbs.length - 1; i >= 0; i--) {
                core.incoming().fileFinishedLocked(file.flbs[i]);
            }
            if (file.file != null) {
                identities.release(file.file, file.identity);
            }
            handler.letGo();
            core.references().unuse(handler.module());
        } finally {
            lock.unlock();
        }
        if (file.file != null) {
            core.callbacks().run(handler, Callback.FINISH, () -> handler.handler().release(file.file));
        }
    }
}
