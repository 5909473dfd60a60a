package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.kho.HandoverMemory;

/** State comes from the generation before, and goes to the next. Thread safe. */
public final class HandoverCalls {
    private final Orchestrator core;
    private final CoreLock lock;
    private final Reboot reboot;
    /** Written under the core lock. */
    private volatile long number;

    HandoverCalls(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
        this.reboot = new Reboot(core);
    }

    /**
     * Takes over what the previous generation left. Once, before anything is retrieved.
     *
     * @param image
     *            of the previous generation
     */
    public void inherit(ImageModel image) {
        lock.lock();
        try {
            number = image.updates();
            if (number > 0) {
                core.incoming().inheritLocked(image.flbs());
                core.sessions().inheritLocked(image.sessions());
            }
            if (image.resume() != null) {
                new Resuming(core).inheritLocked(image.resume());
            }
        } finally {
            lock.unlock();
        }
        core.timeline().inherited();
        sessionEmptied();
        core.changed();
    }

    /** An incoming session has no file any more: perhaps it was the last one. */
    void sessionEmptied() {
        if (core.overview().isIncomingFinished() && core.timeline().finished()) {
            core.journal().write(EventId.INCOMING_FINISHED, "image", "everything that was handed over is finished");
        }
    }

    /**
     * Takes over the update number only: live update is off in this generation.
     *
     * @param inherited
     *            the number
     */
    public void inheritNumber(long inherited) {
        number = inherited;
    }

    /**
     * Handover memory is there.
     *
     * @param attached
     *            not null
     */
    public void attach(HandoverMemory attached) {
        core.memory().attach(attached);
    }

    /**
     * How many live updates led here.
     *
     * @return 0 before an image was inherited
     */
    public long number() {
        return number;
    }

    /**
     * Freezes everything.
     *
     * @return what the next generation gets
     * @throws LiveUpdateException
     *             everything is as before
     */
    public ImageModel freeze() throws LiveUpdateException {
        core.checkEnabled();
        reboot.freeze(false);
        return serialized(Serialization::forSuccessor);
    }

    private ImageModel serialized(Function<Serialization, ImageModel> how) {
        lock.lock();
        try {
            return how.apply(new Serialization(core));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Freezes everything for a generation that ends without a successor, because the framework stops: incoming files that
     * nobody has finished are detached, and handed over once more.
     *
     * @return what the next start of the framework gets
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} live update is off · {@code EBUSY} everything is frozen already
     */
    public ImageModel freezeForLater() throws LiveUpdateException {
        core.checkEnabled();
        reboot.freeze(true);
        return serialized(Serialization::forNextStart);
    }

    /**
     * The same where the core alone ends: everything that is still there leaves, within the detach deadline, and each side
     * stays what it is.
     *
     * @return what the next core in this framework gets
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} live update is off · {@code EBUSY} everything is frozen already
     */
    public ImageModel freezeForNextCore() throws LiveUpdateException {
        core.checkEnabled();
        List<HandlerRuntime> allHandlers = new ArrayList<>();
        List<FlbRuntime> allFlbs = new ArrayList<>();
        lock.lock();
        try {
            Users.ownedLocked(core, owner -> true, allHandlers, allFlbs);
        } finally {
            lock.unlock();
        }
        core.detaching().leave(allHandlers, allFlbs);
        reboot.freeze(true);
        return serialized(Serialization::forNextCore);
    }

    /**
     * What keeps a live update from beginning at this moment.
     *
     * @return one sentence each; empty if nothing does
     */
    public List<String> blockers() {
        return reboot.blockers();
    }

    /** The live update did not happen: unfreezes everything in exact reverse. */
    public void unfreeze() {
        reboot.takeBack();
    }
}
