package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.core.journal.EventId;

/** Puts files into outgoing sessions and takes them out again. */
final class Preserving {
    private final Orchestrator core;
    private final CoreLock lock;
    /** Guarded by the core lock. */
    private final Identities identities;

    Preserving(Orchestrator core, Identities identities) {
        this.core = core;
        this.lock = core.lock();
        this.identities = identities;
    }

    void preserve(SessionState target, long token, Object file) throws LiveUpdateException {
        core.checkEnabled();
        core.phases().checkNotFrozen();
        if (!(target instanceof OutgoingSession session)) {
            throw new LiveUpdateException(Errno.EINVAL, "nothing can be preserved in the " + target);
        }
        core.phases().enter(session);
        HeldFile preserved;
        try {
            if (session.hasToken(token)) {
                throw new LiveUpdateException(Errno.EEXIST, "token " + token + " is used in " + session);
            }
            if (file == null) {
                throw new LiveUpdateException(Errno.EBADF, "there is no file to preserve: it is null");
            }
            preserved = preserve(session, token, file);
            core.phases().checkNotFrozen(); // a stop that has not waited for this turn: the file is not in its image
        } finally {
            core.phases().leave(session);
        }
        // The turn is given back first: so either we see here that the owner has left, or it saw the file.
        if (preserved.handler().isGone()) {
            core.detaching().late(session, preserved);
        }
    }

    private HeldFile preserve(OutgoingSession session, long token, Object file) throws LiveUpdateException {
        while (true) {
            HandlerRuntime handler = handlerFor(session, token, file);
            if (!handler.isReplacing() || !awaitReplacement(handler)) {
                return preserveWith(handler, session, token, file);
            }
        }
    }

    /** Waits while a swap replaces a handler; returns whether to look again who takes the file. */
    private boolean awaitReplacement(HandlerRuntime handler) throws LiveUpdateException {
        lock.lock();
        try {
            if (!lock.await(() -> !handler.isReplacing())) {
                throw new LiveUpdateException(Errno.EBUSY,
                        handler + " has been in a swap for longer than the callback deadline");
            }
            return handler.isGone();
        } finally {
            lock.unlock();
        }
    }

    private HandlerRuntime handlerFor(OutgoingSession session, long token, Object file) throws LiveUpdateException {
        for (HandlerRuntime handler : core.registry().handlers()) {
            if (accepts(handler, session, token, file)) {
                if (handler.isGoing()) {
                    throw new LiveUpdateException(Errno.ENOENT,
                            handler + " would take the file, but its bundle is going away");
                }
                return handler;
            }
        }
        throw new LiveUpdateException(Errno.ENOENT, "no registered file handler accepts a "
                + file.getClass().getName() + "; there are " + core.registry().handlers());
    }

    private boolean accepts(HandlerRuntime handler, OutgoingSession session, long token, Object file) {
        try {
            return core.callbacks().call(handler, session, token, Callback.CAN_PRESERVE,
                    () -> handler.handler().canPreserve(file));
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.CALLBACK_FAILED, handler, e.errno(), e.getMessage() + "; taken as a no");
            return false;
        }
    }

    private HeldFile preserveWith(HandlerRuntime handler, OutgoingSession session, long token, Object file)
            throws LiveUpdateException {
        Object identity = core.callbacks().ask(handler, Callback.CAN_PRESERVE, () -> handler.handler().identity(file));
        OutgoingFlb[] flbs = acquire(handler, file, identity);
        core.callbacks().tell(handler, Callback.PRESERVE, () -> handler.handler().hold(file));
        FileContextImpl context = FileContextImpl.preserving(core, handler, session, token);
        try {
            Preserved<?> result = core.callbacks().call(handler, session, token, Callback.PRESERVE,
                    () -> handler.handler().preserve(context, file));
            if (result == null) {
                throw new LiveUpdateException(Errno.EIO, handler + ": preserve returned null");
            }
            HeldFile preserved = new HeldFile(token, handler, file, identity, flbs, result.data(), result.object(),
                    context.succeeded());
            session.add(preserved);
            core.changed();
            return preserved;
        } catch (LiveUpdateException e) {
            context.failed();
            release(handler, file, identity, flbs, flbs.length);
            throw e;
        }
    }

    /** Claims the file's identity, the handler and its FLBs in order: all or nothing. */
    private OutgoingFlb[] acquire(HandlerRuntime handler, Object file, Object identity) throws LiveUpdateException {
        lock.lock();
        try {
            if (!identities.claimFree(file, identity)) {
                throw new LiveUpdateException(Errno.EBUSY,
                        "this file is preserved already, or retrieved and not finished");
            }
            if (handler.isGoing()) {
                identities.release(file, identity);
                throw new LiveUpdateException(Errno.ENOENT,
                        handler + " would take the file, but its bundle is going away");
            }
            core.references().use(handler.module());
            handler.hold();
            FlbRuntime[] links = handler.links();
            OutgoingFlb[] held = handler.held(links.length);
            int acquired = 0;
            try {
                checkSatisfied(handler);
                while (acquired < links.length) {
                    OutgoingFlb flb = core.outgoing().acquireLocked(links[acquired]);
                    if (held[acquired] != flb) {
                        held = held.clone(); // other files share it
                        held[acquired] = flb;
                    }
                    acquired++;
                }
                handler.held(held);
                return held;
            } catch (LiveUpdateException e) {
                releaseLocked(handler, file, identity, held, acquired);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private static void checkSatisfied(HandlerRuntime handler) throws LiveUpdateException {
        if (!handler.declared().isEmpty() && !handler.missing().isEmpty()) {
            throw new LiveUpdateException(Errno.ENODEV, handler + " depends on FLBs that are not there: "
                    + handler.missing() + "; install and start the bundle that provides them");
        }
    }

    private void release(HandlerRuntime handler, Object file, Object identity, OutgoingFlb[] flbs, int acquired) {
        lock.lock();
        try {
            releaseLocked(handler, file, identity, flbs, acquired);
        } finally {
            lock.unlock();
        }
        core.callbacks().tell(handler, Callback.PRESERVE, () -> handler.handler().release(file));
    }

    private void releaseLocked(HandlerRuntime handler, Object file, Object identity, OutgoingFlb[] flbs,
            int acquired) {
        for (int i = acquired - 1; i >= 0; i--) {
            core.outgoing().releaseLocked(flbs[i]);
        }
        identities.release(file, identity);
        handler.unhold();
        core.references().unuse(handler.module());
    }

    /** Ends an outgoing session: its files are unpreserved, newest first. */
    void close(OutgoingSession session) throws LiveUpdateException {
        core.phases().checkNotFrozen();
        core.phases().enter(session);
        try {
            checkNotFromTheirFlbs(session);
            core.attaching().require(session);
            for (HeldFile file = session.newest(); file != null; file = session.newest()) {
                unpreserve(session, file);
            }
            core.sessions().remove(session);
        } finally {
            core.phases().leave(session);
        }
    }

    private void checkNotFromTheirFlbs(OutgoingSession session) throws LiveUpdateException {
        lock.lock();
        try {
            OutgoingFlb[] checked = null;
            for (HeldFile file : session.oldestFirst()) {
                if (file.flbs != checked) {
                    checked = file.flbs;
                    for (OutgoingFlb flb : checked) {
                        core.serving().checkNotMine(flb.owner);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void unpreserve(OutgoingSession session, HeldFile held) throws LiveUpdateException {
        HandlerRuntime handler = held.handler();
        Object file = held.file();
        Object object = held.object();
        if (file == null) {
            throw core.attaching().missing(session, held);
        }
        FileContextImpl context = FileContextImpl.outgoing(core, session, held);
        core.callbacks().run(handler, session, held.token, Callback.UNPRESERVE,
                () -> handler.handler().unpreserve(context, file, held.data(), object));
        context.ended();
        session.removeNewest();
        core.changed();
        lock.lock();
        try {
            for (int i = held.flbs.length - 1; i >= 0; i--) {
                core.outgoing().releaseLocked(held.flbs[i]);
            }
            if (!core.detaching().letGoLocked(held)) {
                return; // its owner left meanwhile, and was let go then
            }
        } finally {
            lock.unlock();
        }
        core.callbacks().tell(handler, Callback.UNPRESERVE, () -> handler.handler().release(file));
    }
}
