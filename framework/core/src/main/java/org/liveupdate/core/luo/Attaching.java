package org.liveupdate.core.luo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.EventId;

/**
 * Files whose handler has left get the next one: it retrieves them when it registers. A session that is busy then is
 * caught up with when somebody needs the file.
 */
final class Attaching {
    private final Orchestrator core;
    private final CoreLock lock;
    private final Arrivals arrivals;
    /** Guarded by the core lock. */
    private final Identities identities;

    Attaching(Orchestrator core, Identities identities) {
        this.core = core;
        this.arrivals = new Arrivals(core);
        this.lock = core.lock();
        this.identities = identities;
    }

    /** A handler has been registered: it retrieves the files that another one left. */
    void arrived(HandlerRuntime handler) {
        List<SessionState> waiting = sessions().stream().filter(session -> waitsFor(session, handler)).toList();
        if (!waiting.isEmpty()) {
            arrivals.run(() -> waiting.forEach(this::attach));
        }
    }

    /** An FLB has come to a handler: files that it could not retrieve because the FLB was missing are tried again. */
    void linked(HandlerRuntime handler) {
        boolean retry;
        lock.lock();
        try {
            retry = handler.forgetMissing();
            for (SessionState session : core.sessions().allLocked()) {
                if (session instanceof IncomingSession incoming) {
                    retry |= forgetMissing(incoming, handler);
                }
            }
        } finally {
            lock.unlock();
        }
        if (retry) {
            arrived(handler);
        }
    }

    private static boolean forgetMissing(IncomingSession session, HandlerRuntime handler) {
        boolean found = false;
        for (IncomingFile file : session.oldestFirst()) {
            found |= file.handler == handler && file.forgetMissing();
        }
        return found;
    }

    private List<SessionState> sessions() {
        lock.lock();
        try {
            return core.sessions().allLocked();
        } finally {
            lock.unlock();
        }
    }

    private static boolean waitsFor(SessionState session, HandlerRuntime handler) {
        if (session instanceof OutgoingSession outgoing) {
            for (HeldFile file : outgoing.oldestFirst()) {
                if (file.isDetached() && file.handler().compatible().equals(handler.compatible())) {
                    return true;
                }
            }
            return false;
        }
        return ((IncomingSession) session).oldestFirst().stream()
                .anyMatch(file -> file.detached && file.compatible.equals(handler.compatible()));
    }

    private void attach(SessionState session) {
        try {
            core.phases().enter(session);
        } catch (LiveUpdateException e) {
            if (!session.gone()) {
                core.journal().write(EventId.ATTACH_FAILED, session, e.errno(),
                        "files of " + session + " stay detached until somebody uses them: " + e.getMessage());
            }
            return;
        }
        try {
            if (session instanceof OutgoingSession outgoing) {
                attachInTurn(outgoing);
            } else {
                core.retrieving().attachInTurn((IncomingSession) session);
            }
        } finally {
            core.phases().leave(session);
        }
    }

    /** A file that is back may be what the handler of another one has missed: that one is tried again. */
    private void attachInTurn(OutgoingSession session) {
        Object recorded = core.recorder().beginPhase();
        Set<HandlerRuntime> takers = new LinkedHashSet<>();
        long attached = 0;
        long more;
        do {
            more = attachOnce(session, takers);
            attached += more;
        } while (more > 0 && forgetMissing(session));
        if (attached > 0) {
            core.recorder().endPhase(recorded, "attach", takers, null);
            attached(session, attached, takers);
        }
    }

    private long attachOnce(OutgoingSession session, Set<HandlerRuntime> takers) {
        long attached = 0;
        for (HeldFile file : session.oldestFirst()) {
            if (file.isDetached()) {
                HandlerRuntime handler = candidate(file);
                if (handler != null && handler.failure(file) == null && attach(session, file, handler) == null) {
                    takers.add(handler);
                    attached++;
                }
            }
        }
        return attached;
    }

    private boolean forgetMissing(OutgoingSession session) {
        boolean found = false;
        lock.lock();
        try {
            for (HeldFile file : session.oldestFirst()) {
                HandlerRuntime handler = file.isDetached() ? candidate(file) : null;
                found |= handler != null && handler.forgetMissing();
            }
        } finally {
            lock.unlock();
        }
        return found;
    }

    /** Files of a session have a handler again. */
    void attached(SessionState session, long files, Set<HandlerRuntime> takers) {
        core.journal().write(EventId.ATTACHED, session,
                files + " files of " + session + " were taken over by " + takers);
    }

    /** All files of a session have their handlers, or nothing is to be done with it. */
    void require(OutgoingSession session) throws LiveUpdateException {
        attachInTurn(session);
        for (HeldFile file : session.oldestFirst()) {
            if (file.isDetached()) {
                throw missing(session, file);
            }
        }
    }

    /** The preserved file with a token, attached; in the session's turn. */
    HeldFile attached(OutgoingSession session, long token) throws LiveUpdateException {
        HeldFile file = session.file(token);
        if (file == null) {
            throw new LiveUpdateException(Errno.ENOENT, "there is no file with token " + token + " in " + session);
        }
        if (file.isDetached()) {
            attachInTurn(session);
        }
        if (file.isDetached()) {
            throw missing(session, file);
        }
        return file;
    }

    /** Why a file has nobody who could serve it. */
    LiveUpdateException missing(OutgoingSession session, HeldFile file) {
        String which = "file " + file.token + " of " + session + " is detached: " + file.handler() + " has left";
        HandlerRuntime handler = core.registry().handler(file.handler().compatible());
        LiveUpdateException failure = handler == null ? null : handler.failure(file);
        if (failure != null) {
            return new LiveUpdateException(Errno.ENODEV,
                    which + ", and " + handler + " failed to retrieve it: " + failure.getMessage());
        }
        return new LiveUpdateException(Errno.ENODEV, which + "; install and start that bundle again");
    }

    private HandlerRuntime candidate(HeldFile file) {
        HandlerRuntime handler = core.registry().handler(file.handler().compatible());
        boolean takes = handler != null && !handler.isGoing()
                && core.bindings().allows(handler.module(), file.handler().module().owner());
        return takes ? handler : null;
    }

    /**
     * The handler retrieves a file that another one left.
     *
     * @return why it could not, or null
     */
    LiveUpdateException attach(OutgoingSession session, HeldFile file, HandlerRuntime handler) {
        lock.lock();
        try {
            core.references().use(handler.module());
            handler.hold();
        } finally {
            lock.unlock();
        }
        FileContextImpl context = FileContextImpl.attaching(core, handler, session, file);
        try {
            Object retrieved = core.callbacks().call(handler, session, file.token, Callback.RETRIEVE,
                    () -> handler.handler().retrieve(context, file.data()));
            if (retrieved == null) {
                throw new LiveUpdateException(Errno.EIO, handler + ": retrieve returned null");
            }
            Object identity = core.callbacks().ask(handler, Callback.RETRIEVE,
                    () -> handler.handler().identity(retrieved));
            core.callbacks().tell(handler, Callback.RETRIEVE, () -> handler.handler().hold(retrieved));
            attached(session, file, handler, retrieved, identity);
            file.scope(context.succeeded());
            return null;
        } catch (LiveUpdateException e) {
            file.scope(context.failed());
            failed(file, handler, e);
            return e;
        }
    }

    private void attached(OutgoingSession session, HeldFile file, HandlerRuntime handler, Object retrieved,
            Object identity) throws LiveUpdateException {
        lock.lock();
        try {
            if (handler.isGone()) {
                throw new LiveUpdateException(Errno.ENODEV, handler + " left while it retrieved a file");
            }
            identities.claim(retrieved, identity);
            file.attach(handler, retrieved, identity);
            session.remember(file);
            core.changed();
        } finally {
            lock.unlock();
        }
    }

    /** What a handler misses may come: nothing is wrong until then. */
    static EventId notAttached(LiveUpdateException failure) {
        return failure.errno() == Errno.ENODEV ? EventId.ATTACH_WAITS : EventId.ATTACH_FAILED;
    }

    private void failed(HeldFile file, HandlerRuntime handler, LiveUpdateException failure) {
        core.journal().write(notAttached(failure), handler, failure.errno(), handler + " failed to take over file "
                + file.token + ": " + failure.getMessage() + "; the file stays preserved");
        lock.lock();
        try {
            handler.failed(file, failure);
            handler.unhold();
            core.references().unuse(handler.module());
        } finally {
            lock.unlock();
        }
    }
}
