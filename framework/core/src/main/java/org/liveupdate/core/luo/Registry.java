package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Which file handlers there are, and which FLBs are linked to them. Unregistering never fails: it takes links away, and
 * what is in use goes on serving.
 */
public final class Registry {
    private final Orchestrator core;
    private final CoreLock lock;
    private final Arrivals arrivals;
    /** In registration order, replaced on change; written under the core lock. */
    private volatile List<HandlerRuntime> handlers = List.of();

    Registry(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
        this.arrivals = new Arrivals(core);
    }

    /**
     * Registers a file handler.
     *
     * @param handler
     *            not null
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP}, {@code EINVAL}, {@code EEXIST}, {@code EAGAIN}, in this order
     */
    public void register(HandlerRuntime handler) throws LiveUpdateException {
        core.checkEnabled();
        checkComplete(handler, handler.handler().missing());
        Compatible.check(handler.compatible(), handler.toString());
        lock.lock();
        try {
            checkNotTooLate(handler);
            HandlerRuntime other = handler(handler.compatible());
            if (other != null) {
                throw new LiveUpdateException(Errno.EEXIST, "handler " + handler.compatible() + " of "
                        + handler.module() + " is refused: " + other.module() + " has registered one with this string");
            }
            checkOwner(handler);
            checkNotGoing(handler.module(), handler.toString());
            handler.registered(true);
            core.references().registered(handler.module());
            List<HandlerRuntime> next = new ArrayList<>(handlers);
            next.add(handler);
            handlers = List.copyOf(next);
        } finally {
            lock.unlock();
        }
        core.sessions().bindWaiting();
        core.attaching().arrived(handler);
        core.changed();
    }

    /**
     * Unregisters a file handler and takes its links away; files that hold it are served to their end.
     *
     * @param handler
     *            does nothing if it is not registered
     */
    public void unregister(HandlerRuntime handler) {
        lock.lock();
        try {
            if (!handler.registered()) {
                return;
            }
            for (FlbRuntime flb : handler.links()) {
                unlinkLocked(handler, flb);
            }
            handler.registered(false);
            core.references().unregistered(handler.module());
            List<HandlerRuntime> next = new ArrayList<>(handlers);
            next.remove(handler);
            handlers = List.copyOf(next);
        } finally {
            lock.unlock();
        }
        core.changed();
    }

    /**
     * Links an FLB to a registered handler.
     *
     * @param handler
     *            not null
     * @param flb
     *            not null
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP}, {@code EINVAL}, {@code EEXIST} linked already, and at the first link {@code ENOSPC},
     *             {@code EEXIST}, {@code EAGAIN}, in this order
     */
    public void link(HandlerRuntime handler, FlbRuntime flb) throws LiveUpdateException {
        core.checkEnabled();
        checkComplete(flb, flb.flb().missing());
        Compatible.check(flb.compatible(), flb.toString());
        boolean first;
        lock.lock();
        try {
            checkNotTooLate(flb);
            if (!handler.registered()) {
                throw new LiveUpdateException(Errno.EINVAL,
                        flb + " cannot be linked to " + handler + ": that handler is not registered");
            }
            if (handler.isLinkedTo(flb)) {
                throw new LiveUpdateException(Errno.EEXIST, flb + " is linked to " + handler + " already");
            }
            first = flb.links == 0;
            if (first) {
                core.names().checkRoomLocked(flb);
                core.names().checkNotTakenLocked(flb);
                checkNotGoing(flb.module(), flb.toString());
                core.names().takeOverLocked(flb);
                core.references().registered(flb.module());
            }
            flb.links++;
            handler.addLink(flb);
            handler.sortLinks();
            core.names().touch(flb);
        } finally {
            lock.unlock();
        }
        if (first) {
            arrived(flb);
        }
        core.attaching().linked(handler);
    }

    /** An FLB can be used now: it takes over what another one left, or failed at. */
    void arrived(FlbRuntime flb) {
        if (core.outgoing().waitsFor(flb) || core.incoming().waitsFor(flb)) {
            arrivals.run(() -> {
                core.outgoing().attach(flb);
                core.incoming().ownerArrived(flb);
            });
        }
    }

    /**
     * Takes a link away; what is in use goes on serving.
     *
     * @param handler
     *            not null
     * @param flb
     *            does nothing if it is not linked
     */
    public void unlink(HandlerRuntime handler, FlbRuntime flb) {
        lock.lock();
        try {
            unlinkLocked(handler, flb);
        } finally {
            lock.unlock();
        }
    }

    /** Takes all links of an FLB away; the core lock is held. */
    void unlinkAllLocked(FlbRuntime flb) {
        handlers.forEach(handler -> unlinkLocked(handler, flb));
    }

    /** Another FLB takes the place of one: its links and its name. The core lock is held. */
    void replaceLocked(FlbRuntime old, FlbRuntime next) {
        for (HandlerRuntime handler : handlers) {
            handler.replaceLink(old, next);
        }
        boolean linked = old.links > 0;
        next.links = old.links;
        old.links = 0;
        if (linked) {
            core.references().unregistered(old.module());
            core.references().registered(next.module());
        }
        core.names().replaceLocked(old, next);
    }

    /** Another file handler takes the place of one, with its links. The core lock is held. */
    void replaceLocked(HandlerRuntime old, HandlerRuntime next) {
        if (old.registered()) {
            next.takeLinks(old);
            next.registered(true);
            old.registered(false);
            core.references().unregistered(old.module());
            core.references().registered(next.module());
            List<HandlerRuntime> replaced = new ArrayList<>(handlers);
            replaced.set(replaced.indexOf(old), next);
            handlers = List.copyOf(replaced);
        }
    }

    private void unlinkLocked(HandlerRuntime handler, FlbRuntime flb) {
        if (handler.isLinkedTo(flb)) {
            handler.removeLink(flb);
            flb.links--;
            if (flb.links == 0) {
                core.references().unregistered(flb.module());
            }
            core.names().touch(flb);
        }
    }

    /**
     * The FLBs that a whiteboard handler depends on: its files need all of them.
     *
     * @param handler
     *            not null
     * @param names
     *            compatible strings in order
     */
    public void declare(HandlerRuntime handler, List<String> names) {
        lock.lock();
        try {
            handler.declared(names);
            handler.sortLinks();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the links away that a handler does not declare any more.
     *
     * @param handler
     *            not null
     * @param names
     *            of the FLBs that stay
     */
    public void unlinkOthers(HandlerRuntime handler, List<String> names) {
        lock.lock();
        try {
            for (FlbRuntime flb : handler.links()) {
                if (!names.contains(flb.compatible())) {
                    unlinkLocked(handler, flb);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a handler declares an FLB's name and nothing is linked to it under that name.
     *
     * @param handler
     *            not null
     * @param flb
     *            not null
     * @return whether to link them
     */
    public boolean wants(HandlerRuntime handler, FlbRuntime flb) {
        return handler.declared().contains(flb.compatible()) && !handler.isLinkedTo(flb);
    }

    /**
     * An FLB may be linked to nothing: its name is checked like any other's, and it takes over what another one left.
     *
     * @param flb
     *            not null
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP}, {@code EINVAL}, {@code EEXIST} another FLB has the name
     */
    public void offer(FlbRuntime flb) throws LiveUpdateException {
        core.checkEnabled();
        checkComplete(flb, flb.flb().missing());
        Compatible.check(flb.compatible(), flb.toString());
        lock.lock();
        try {
            core.names().checkNotTakenLocked(flb);
            if (flb.links > 0) {
                return;
            }
            core.names().takeOverLocked(flb);
        } finally {
            lock.unlock();
        }
        arrived(flb);
    }

    /**
     * The registered handlers.
     *
     * @return in registration order, unchanging
     */
    public List<HandlerRuntime> handlers() {
        return handlers;
    }

    /** The registered handler with a string, or null. */
    HandlerRuntime handler(String compatible) {
        for (HandlerRuntime handler : handlers) {
            if (handler.compatible().equals(compatible)) {
                return handler;
            }
        }
        return null;
    }

    private static void checkComplete(Object what, Set<Callback> missing) throws LiveUpdateException {
        if (!missing.isEmpty()) {
            throw new LiveUpdateException(Errno.EINVAL, what + " lacks the callbacks " + missing);
        }
    }

    /** Under the kernel's first rule everything has to be registered before the handed-over sessions are read. */
    private void checkNotTooLate(Object what) throws LiveUpdateException {
        if (core.references().holdWhileRegistered() && core.sessions().openedLocked()) {
            throw new LiveUpdateException(Errno.EBUSY, what + " comes too late: sessions have been read already, and "
                    + "liveupdate.module.rule=registered wants everything registered before");
        }
    }

    /** State that was preserved with the handler's string has to be the bundle's own, at least some of it. */
    private void checkOwner(HandlerRuntime handler) throws LiveUpdateException {
        String other = null;
        for (String owner : core.sessions().ownersLocked(handler.compatible())) {
            if (core.bindings().allows(handler.module(), owner)) {
                return;
            }
            other = owner;
        }
        if (other != null) {
            core.bindings().check(handler.module(), other, handler);
        }
    }

    private static void checkNotGoing(Module module, String what) throws LiveUpdateException {
        if (module.isGoing()) {
            throw new LiveUpdateException(Errno.EAGAIN, what + " is refused: its bundle is going away");
        }
    }
}
