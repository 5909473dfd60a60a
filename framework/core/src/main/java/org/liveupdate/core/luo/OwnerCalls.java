package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** What happens to bundles that own FLBs and file handlers: they come, leave, are unloaded, replaced. Thread safe. */
public final class OwnerCalls {
    private final Orchestrator core;
    private final CoreLock lock;
    private final Registry registry;
    private final References references;
    private final Swapping swapping;
    /** FLBs that are offered but linked to nothing, by name: an accessor may find them all the same. */
    private final Map<String, FlbRuntime> unlinked = new ConcurrentHashMap<>();

    OwnerCalls(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
        this.registry = core.registry();
        this.references = core.references();
        this.swapping = new Swapping(core);
    }

    /**
     * The bundle's state changed.
     *
     * @param module
     *            which
     * @param state
     *            where it stands now
     */
    public void moduleState(Module module, Module.State state) {
        lock.lock();
        try {
            module.state(state);
            core.names().used().forEach(FlbRuntime::refreshGatesLocked);
        } finally {
            lock.unlock();
        }
        core.changed();
    }

    /**
     * How many references are held on a bundle.
     *
     * @param module
     *            which
     * @return 0 or more
     */
    public int references(Module module) {
        lock.lock();
        try {
            return references.count(module, core.names().used());
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a bundle offered is gone, and its bundle may be, too: nobody can refuse that. State stays, detached, and is
     * attached when the owner returns. Takes at most the detach deadline.
     *
     * @param leavingHandlers
     *            file handlers; those that are not registered are let go all the same
     * @param leavingFlbs
     *            FLBs
     */
    public void leave(Collection<HandlerRuntime> leavingHandlers, Collection<FlbRuntime> leavingFlbs) {
        leavingFlbs.forEach(this::withdraw);
        core.detaching().leave(leavingHandlers, leavingFlbs);
    }

    /**
     * Replaces one bundle by another as the owner of all that it has registered or preserved.
     *
     * @param old
     *            the owner until now
     * @param nextHandlers
     *            what the new owner offers, not registered
     * @param nextFlbs
     *            what the new owner offers, not linked
     * @throws LiveUpdateException
     *             {@code EINVAL} the new one lacks a string that is in use · {@code EBUSY} what would be replaced is busy, or a
     *             handle on it stays open · {@code EDEADLK} inside a callback · whatever the new one's retrieve answers;
     *             everything is as before in each case
     */
    public void swap(Module old, List<HandlerRuntime> nextHandlers, List<FlbRuntime> nextFlbs)
            throws LiveUpdateException {
        swapping.swap(old, nextHandlers, nextFlbs);
    }

    /**
     * What something depends on that a bundle serves, so that another one in its place has to serve it.
     *
     * @param module
     *            which bundle
     * @return {@code handler NAME} and {@code FLB NAME}
     */
    public List<String> inUse(Module module) {
        lock.lock();
        try {
            return swapping.inUseLocked(module);
        } finally {
            lock.unlock();
        }
    }

    /**
     * An operator wants a bundle in the place of one that is gone: what that one preserved is the other's from now on, as
     * soon as it registers.
     *
     * @param owner
     *            {@link Module#owner} of the one that is gone
     * @param next
     *            who may take over
     * @return false if it was allowed to before
     */
    public boolean grant(String owner, Module next) {
        return core.bindings().grant(owner, next);
    }

    /**
     * Takes a grant back: the other did not take over.
     *
     * @param owner
     *            as in {@link #grant}
     * @param next
     *            who may not take over any more
     */
    public void revoke(String owner, Module next) {
        core.bindings().revoke(owner, next);
    }

    /** Who may take over what has changed: whoever is there takes over what waits for an owner. */
    void arriveAgain() {
        List<FlbRuntime> flbs;
        lock.lock();
        try {
            flbs = core.names().used().stream().filter(flb -> !flb.isGone()).toList();
        } finally {
            lock.unlock();
        }
        flbs.forEach(registry::arrived);
        registry.handlers().forEach(core.attaching()::arrived);
        core.sessions().bindWaiting();
    }

    /**
     * Unloads a module, as {@code rmmod} does, as far as the core is concerned: no new reference can be taken from now on.
     *
     * @param module
     *            which
     * @throws LiveUpdateException
     *             {@code EWOULDBLOCK} references are held; the message lists the holders, nothing was changed
     */
    public void beginUnload(Module module) throws LiveUpdateException {
        lock.lock();
        try {
            int held = references.count(module, core.names().used());
            if (held > 0) {
                throw new LiveUpdateException(Errno.EWOULDBLOCK, module + " is not unloaded: " + held
                        + " references are held by " + holdersLocked(module));
            }
            module.state(Module.State.GOING);
            core.names().used().forEach(FlbRuntime::refreshGatesLocked);
        } finally {
            lock.unlock();
        }
        core.changed();
    }

    /**
     * Who holds references on a module.
     *
     * @param module
     *            which
     * @return one line each, for people
     */
    public List<String> holders(Module module) {
        lock.lock();
        try {
            return holdersLocked(module);
        } finally {
            lock.unlock();
        }
    }

    private List<String> holdersLocked(Module module) {
        if (references.holdWhileRegistered()) {
            return List.of("what it has registered: liveupdate.module.rule=registered pins it until it is explicitly "
                    + "unregistered");
        }
        return Users.linesLocked(core, core.names().used()).getOrDefault(module, List.of());
    }

    /**
     * Everything that a bundle has registered or is used for leaves: see {@link #leave(Collection, Collection)}.
     *
     * @param module
     *            which
     */
    public void leave(Module module) {
        List<HandlerRuntime> itsHandlers = new ArrayList<>();
        List<FlbRuntime> itsFlbs = new ArrayList<>();
        lock.lock();
        try {
            Users.ownedLocked(core, module, itsHandlers, itsFlbs);
        } finally {
            lock.unlock();
        }
        leave(itsHandlers, itsFlbs);
    }

    /**
     * An FLB is offered although no handler names it.
     *
     * @param flb
     *            not null
     */
    public void offer(FlbRuntime flb) {
        unlinked.putIfAbsent(flb.compatible(), flb);
    }

    /**
     * An FLB is no longer offered.
     *
     * @param flb
     *            not null
     */
    public void withdraw(FlbRuntime flb) {
        unlinked.remove(flb.compatible(), flb);
    }

    FlbRuntime unlinked(String compatible) {
        return unlinked.get(compatible);
    }
}
