package org.liveupdate.core.luo;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.ContextBase.Freeing;
import org.liveupdate.core.luo.IncomingFlb.State;
import org.liveupdate.kho.ScopeControl;

/**
 * The incoming life cycle of FLBs: retrieved when somebody asks, or at the latest when the last file finishes; finished
 * when no file and no handle is left. The transition table stands at {@link IncomingFlb}.
 *
 * <p>
 * Methods named {@code ...Locked} want the core lock held and may give it up while a callback runs.
 */
final class IncomingFlbs {
    private final Orchestrator core;
    private final CoreLock lock;
    /** Null until an image was inherited; guarded by the core lock. */
    private Map<String, IncomingFlb> entries;

    IncomingFlbs(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
    }

    /** Takes over the FLBs of an image; the core lock is held. */
    void inheritLocked(List<ImageModel.FlbEntry> flbs) {
        entries = new LinkedHashMap<>();
        for (ImageModel.FlbEntry entry : flbs) {
            entries.put(entry.name(), new IncomingFlb(entry));
        }
    }

    /** The entry with a name, or null; the core lock is held. */
    IncomingFlb entryLocked(String name) {
        return entries == null ? null : entries.get(name);
    }

    /** All entries; the core lock is held. */
    Collection<IncomingFlb> entriesLocked() {
        return entries == null ? List.of() : entries.values();
    }

    /**
     * Hands out the object, with a handle of the bundle counted; retrieves the entry if need be.
     *
     * @return null if another FLB came to stand for the name while this thread waited: look again
     */
    HandleGate get(FlbRuntime flb, Holder holder) throws LiveUpdateException {
        core.checkEnabled();
        lock.lock();
        try {
            core.serving().awaitTurn(flb);
            if (flb.isGone() && core.names().standing(flb.compatible()) != flb) {
                return null;
            }
            IncomingFlb entry = presentLocked(flb);
            if (entry.state == State.DETACHED) {
                throw new LiveUpdateException(Errno.ENODEV, entry + " gives out no handles: it is " + entry.departure);
            }
            if (flb.isGoing()) {
                throw new LiveUpdateException(Errno.ENODEV, flb + " gives out no handles: its bundle is going away");
            }
            HandleGate gate = holder.gateLocked(flb, Side.INCOMING);
            if (entry.state == State.LIVE) {
                gate.enter();
            } else {
                // The handle counts before anything else can happen, so that what finished meanwhile does not end it.
                retrieveLocked(flb, entry, gate::enter);
            }
            return gate;
        } finally {
            lock.unlock();
        }
    }

    /** The unfinished entry with a name. */
    IncomingFlb checkPresentLocked(String name) throws LiveUpdateException {
        if (entries == null) {
            throw new LiveUpdateException(Errno.ENODATA,
                    "FLB " + name + ": nothing was handed over to this generation");
        }
        IncomingFlb entry = entries.get(name);
        if (entry == null) {
            throw new LiveUpdateException(Errno.ENOENT,
                    "FLB " + name + " was not handed over; what was: " + entries.keySet());
        }
        if (entry.state == State.FINISHED) {
            throw new LiveUpdateException(Errno.ENODATA, "FLB " + name + ": its handed-over state has been finished");
        }
        return entry;
    }

    /** The same, and not detached. */
    void checkAttachedLocked(String name) throws LiveUpdateException {
        IncomingFlb entry = checkPresentLocked(name);
        if (entry.state == State.DETACHED) {
            throw new LiveUpdateException(Errno.ENODEV, entry + " gives out no handles: it is " + entry.departure);
        }
    }

    private IncomingFlb presentLocked(FlbRuntime flb) throws LiveUpdateException {
        IncomingFlb entry = checkPresentLocked(flb.compatible());
        FlbRuntime standing = core.names().standing(flb.compatible());
        if (standing != null && standing != flb) {
            throw new LiveUpdateException(Errno.EEXIST,
                    flb + " is refused: " + standing.module() + " stands for this name");
        }
        if (flb.failure != null) {
            throw new LiveUpdateException(flb.failure, flb + " has failed to retrieve the handed-over state before");
        }
        core.bindings().check(flb.module(), entry.preservedBy, flb);
        return entry;
    }

    /** Gives up an entry that nobody needs and nobody could finish. */
    void discard(String name) throws LiveUpdateException {
        core.checkEnabled();
        IncomingFlb entry;
        lock.lock();
        try {
            entry = checkPresentLocked(name);
            boolean stuck = entry.state == State.PENDING || entry.state == State.FAILED
                    || entry.state == State.DETACHED;
            if (!stuck || entry.files > 0) {
                throw new LiveUpdateException(Errno.EBUSY, entry + " is not given up: it is " + entry.state + ", "
                        + entry.files + " files and " + entry.handles() + " handles depend on it");
            }
            core.memory().discard(entry.scopeId, entry.scope);
            entry.state = State.FINISHED;
            entry.owner = null;
            entry.failure = null;
            entry.data = 0;
        } finally {
            lock.unlock();
        }
    }

    /** A file that holds the entry is finished. */
    void fileFinishedLocked(IncomingFlb entry) {
        entry.files--;
        if (entry.files == 0) {
            if (entry.owner != null) {
                entry.owner.refreshGatesLocked();
            }
            retrieveLeftOverLocked(entry, core.names().standing(entry.name));
            settleLocked(entry);
        }
    }

    /** Whether something that was handed over has no owner, or was failed at by another one. */
    boolean waitsFor(FlbRuntime flb) {
        lock.lock();
        try {
            IncomingFlb entry = entryLocked(flb.compatible());
            return entry != null && !flb.isServedByMe() && (entry.state == State.DETACHED
                    || entry.state == State.FAILED && entry.owner != flb || entry.isLeftOver() && flb.failure == null);
        } finally {
            lock.unlock();
        }
    }

    /** An FLB got its first link: what another one failed at, or what had no owner, is tried with it. */
    void ownerArrived(FlbRuntime flb) {
        lock.lock();
        try {
            IncomingFlb entry = entryLocked(flb.compatible());
            FlbRuntime standing = core.names().standing(flb.compatible());
            if (entry == null || flb.isServedByMe() || standing != null && standing != flb
                    || !core.bindings().allows(flb.module(), entry.preservedBy)) {
                return;
            }
            if (entry.state == State.DETACHED || entry.state == State.FAILED && entry.owner != flb) {
                entry.state = State.PENDING;
                entry.owner = null;
                entry.failure = null;
                entry.failureText = null;
            }
            retrieveLeftOverLocked(entry, flb);
            settleLocked(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody asked before the last file finished: the entry is retrieved now, only to be finished. */
    private void retrieveLeftOverLocked(IncomingFlb entry, FlbRuntime owner) {
        if (!entry.isLeftOver() || owner == null || owner.failure != null || owner.isGoing()
                || !core.bindings().allows(owner.module(), entry.preservedBy)) {
            return;
        }
        try {
            core.serving().awaitTurn(owner);
            if (entry.isLeftOver()) {
                retrieveLocked(owner, entry, () -> {});
            }
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.LEFT_OVER, entry, e.errno(), entry + " had no user before its last file "
                    + "finished, and was not finished itself: " + e.getMessage() + "; its memory stays preserved");
        }
    }

    private void retrieveLocked(FlbRuntime flb, IncomingFlb entry, Runnable whenLive) throws LiveUpdateException {
        core.references().use(flb.module());
        entry.state = State.RETRIEVING;
        entry.owner = flb;
        entry.failure = null;
        entry.failureText = null;
        entry.retrieveCalls++;
        flb.live = entry;
        FlbContextImpl context = entry.departure == null
                ? FlbContextImpl.incoming(core, flb, entry, Freeing.REFUSED)
                : FlbContextImpl.attaching(core, flb, entry);
        Run run = core.serving().begin(flb, Callback.RETRIEVE, context, () -> notRetrieved(flb, entry,
                new LiveUpdateException(Errno.ETIMEDOUT, flb + ": retrieve outlasted the callback deadline")));
        lock.unlock();
        Object object = null;
        LiveUpdateException failure = null;
        try {
            object = core.callbacks().call(flb, Callback.RETRIEVE, () -> flb.flb().retrieve(context, entry.data));
        } catch (LiveUpdateException e) {
            failure = e;
        }
        ScopeControl scope = failure == null ? context.succeeded() : context.failed();
        lock.lock();
        if (run.isAbandoned()) {
            core.serving().settle(flb);
            throw run.lateness();
        }
        entry.scope = scope;
        if (failure == null) {
            if (entry.departure != null) {
                core.journal().write(EventId.ATTACHED, flb, flb + " took over what was handed over");
            }
            live(entry, object);
            whenLive.run();
        } else {
            notRetrieved(flb, entry, failure);
        }
        core.serving().end(flb);
        if (failure != null) {
            throw failure;
        }
    }

    static void live(IncomingFlb entry, Object object) {
        entry.state = State.LIVE;
        entry.object = object;
        entry.departure = null;
    }

    private void notRetrieved(FlbRuntime flb, IncomingFlb entry, LiveUpdateException failure) {
        core.detaching().reset(entry.scope);
        entry.state = State.FAILED;
        entry.failure = failure.errno();
        entry.failureText = failure.getMessage();
        flb.failure = failure.errno();
        flb.live = null;
        core.references().unuse(flb.module());
    }

    /** Finishes the entry if nothing is left, waiting for a callback of its owner that runs in another thread. */
    void settleLocked(IncomingFlb entry) {
        FlbRuntime owner = entry.owner;
        if (!entry.wantsFinish() || owner.isServedByMe()) {
            return; // if this thread is inside a callback of the owner, the end of that callback settles
        }
        // Should the other callback outlast the deadline, whoever ends it settles.
        if (lock.await(() -> owner.serving == null) && entry.wantsFinish()) {
            finishLocked(owner, entry);
        }
    }

    private void finishLocked(FlbRuntime flb, IncomingFlb entry) {
        entry.state = State.FINISHING;
        entry.finishCalls++;
        FlbContextImpl context = FlbContextImpl.incoming(core, flb, entry, Freeing.ALLOWED);
        Run run = core.serving().begin(flb, Callback.FINISH, context, () -> finished(flb, entry));
        Object object = entry.object;
        long data = entry.data;
        lock.unlock();
        core.callbacks().run(flb, Callback.FINISH, () -> flb.flb().finish(context, data, object));
        context.ended();
        lock.lock();
        if (!run.isAbandoned()) {
            finished(flb, entry);
            core.serving().end(flb);
        } else {
            core.serving().settle(flb);
        }
    }

    private void finished(FlbRuntime flb, IncomingFlb entry) {
        entry.state = State.FINISHED;
        entry.data = 0;
        entry.object = null;
        entry.scope = null;
        entry.owner = null;
        flb.live = null;
        core.references().unuse(flb.module());
    }
}
