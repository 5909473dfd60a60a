package org.liveupdate.core.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.api.handover.RecordedPhase;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.Rehearsal;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.core.osgi.HandoverSteps.Step;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.StoredImage;

/** Handing over and taking over, step by step. */
final class HandoverService implements Handover {
    /** Told when this generation comes into charge; called in the thread that confirms. */
    interface InCharge {
        void inCharge();
    }

    private final Orchestrator core;
    private final Storage storage;
    private final InCharge listener;
    private final HandoverSteps steps;
    private final Committing committing;
    private final Capabilities capabilities;
    /** Written by the step under way, and by {@link #fence()}. */
    private volatile Phase phase = Phase.WAITING;
    /** The update that led here, or null. Written by the step under way. */
    private volatile Update update;
    /** These three belong to the step under way. */
    private volatile StoredImage claimed;
    private volatile Image image;
    private volatile boolean takenBack;
    /** What this generation took over, or null. Written by the step under way. */
    private volatile Origin origin;
    /** Whether the image was found at the start, and not handed over by a predecessor that runs. */
    private volatile boolean found;
    /** Of the flight recording: from claiming to being in charge; null if nothing is recorded. */
    private volatile Object handingOver;
    /** Number of the image that this generation took over, 0 if there was none. Written by the step under way. */
    private volatile long inherited;
    /** Number of the image that this generation has committed. Written by the step under way. */
    private volatile long committed;

    HandoverService(Orchestrator core, Storage storage, Whiteboard whiteboard, InCharge listener) {
        this.core = core;
        this.storage = storage;
        this.listener = listener;
        steps = new HandoverSteps(storage);
        committing = new Committing(core, storage);
        capabilities = new Capabilities(core, whiteboard);
    }

    /** A generation that has no predecessor: takes over the image that an earlier run left, or starts clean. */
    void start() throws IOException, LiveUpdateException {
        Optional<StoredImage> left = storage.pending();
        if (left.isEmpty()) {
            storage.startClean();
            core.handover().attach(storage.memory());
            phase = Phase.RUNNING;
            core.journal().write(EventId.STARTED_CLEAN, storage.path(),
                    "started without an image; handover memory is in " + storage.path());
            listener.inCharge();
            return;
        }
        found = true;
        if (left.get().state() == StoredImage.State.COMMITTED) {
            claim(left.get().number());
        } else {
            load(left.get());
        }
        confirm();
    }

    @Override
    public Phase phase() {
        return phase;
    }

    /** The update that led here, or null. */
    Update update() {
        return update;
    }

    /** What this generation took over, or null. */
    Origin origin() {
        return origin;
    }

    @Override
    public Path directory() {
        return storage.path();
    }

    @Override
    public long number() {
        return phase == Phase.WAITING || phase == Phase.CLAIMED ? -1 : core.handover().number();
    }

    @Override
    public List<String> capabilities() {
        Rehearsal.run();
        return capabilities.list();
    }

    @Override
    public List<String> check(List<String> successor) {
        Rehearsal.run();
        // most of it: what is written from now on is summed again before the freeze
        if (phase == Phase.RUNNING) {
            storage.memory().updateChecksums();
        }
        return capabilities.check(successor);
    }

    @Override
    public List<String> blockers() {
        return core.handover().blockers();
    }

    @Override
    public RecordedPhase begin(String name) {
        Object begun = core.recorder().beginPhase();
        return (subject, errno) -> core.recorder().endPhase(begun, name, subject, errno);
    }

    @Override
    public long commit(long prepareBegan) throws LiveUpdateException {
        try {
            long number = steps.run("committed", () -> commitNow(prepareBegan, core.handover()::freeze));
            core.journal().write(EventId.COMMITTED, image(number), image(number)
                    + " was committed for a live update" + FreezeSummary.of(core.timeline().freezing()));
            return number;
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.UPDATE_REFUSED, "live update", e.errno(), e.getMessage());
            throw e;
        }
    }

    static String image(long number) {
        return "image " + number;
    }

    private long commitNow(long prepareBegan, Step<ImageModel> freeze) throws LiveUpdateException {
        if (phase != Phase.RUNNING) {
            throw new LiveUpdateException(phase == Phase.COMMITTED ? Errno.EBUSY : Errno.EINVAL,
                    "no image can be committed now: this generation is " + phase);
        }
        // images count on where the core was started again without a live update
        committed = committing.commit(Math.max(core.handover().number(), inherited), prepareBegan, freeze);
        takenBack = false;
        phase = Phase.COMMITTED;
        return committed;
    }

    @Override
    public boolean takeBack() throws LiveUpdateException {
        return steps.run("taken back", this::takeBackNow);
    }

    private boolean takeBackNow() throws LiveUpdateException {
        require(Phase.COMMITTED, "taken back");
        if (takenBack) {
            return true;
        }
        Object recorded = core.recorder().beginPhase();
        try {
            takenBack = storage.takeBack(committed);
        } catch (IOException e) {
            throw StorageFailure.of("the image could not be taken back", e);
        }
        core.recorder().endPhase(recorded, "decision", image(committed), takenBack ? null : Errno.ENODEV);
        if (takenBack) {
            core.journal().write(EventId.TAKEN_BACK, image(committed),
                    image(committed) + " was taken back: the successor did not confirm it in time");
        } else {
            fence();
        }
        return takenBack;
    }

    @Override
    public void resume() throws LiveUpdateException {
        steps.run("resumed", () -> {
            resumeNow();
            return null;
        });
    }

    private void resumeNow() throws LiveUpdateException {
        require(Phase.COMMITTED, "resumed");
        if (!takenBack) {
            throw new LiveUpdateException(Errno.EINVAL, "the image has to be taken back before anything is resumed");
        }
        storage.memory().thaw();
        core.handover().unfreeze();
        takenBack = false;
        phase = Phase.RUNNING;
        core.journal().write(EventId.RESUMED, image(committed), "everything goes on here as before the live update");
    }

    @Override
    public void fence() {
        // Not a step: it must get through whatever another thread is doing.
        phase = Phase.FENCED;
        core.fence();
        core.journal().write(EventId.FENCED, image(committed),
                "another generation is in charge; this one calls no provider and writes no preserved memory any more");
        HandoverMemory memory = storage.memory();
        if (memory != null) {
            memory.fence();
        }
    }

    @Override
    public void claim(long number) throws LiveUpdateException {
        steps.run("claimed", () -> {
            require(Phase.WAITING, "claimed");
            handingOver = core.recorder().beginPhase();
            core.timeline().claims();
            try {
                load(storage.claim(number));
            } catch (IOException e) {
                throw StorageFailure.of("image " + number + " could not be taken over", e);
            }
            return null;
        });
    }

    private void load(StoredImage stored) throws LiveUpdateException {
        Object recorded = core.recorder().beginPhase();
        try {
            image = storage.load(stored);
            core.recorder().endPhase(recorded, "claim", image(stored.number()), null);
        } catch (ImageException e) {
            throw new LiveUpdateException(Errno.EINVAL, e.getMessage());
        } catch (IOException e) {
            throw StorageFailure.of("image " + stored.path() + " could not be loaded", e);
        }
        claimed = stored;
        phase = Phase.CLAIMED;
    }

    @Override
    public boolean confirm() throws LiveUpdateException {
        boolean ours = steps.run("confirmed", this::confirmNow);
        if (ours) {
            core.open();
            listener.inCharge();
        }
        return ours;
    }

    private boolean confirmNow() throws LiveUpdateException {
        require(Phase.CLAIMED, "confirmed");
        Object recorded = core.recorder().beginPhase();
        try {
            if (!storage.confirm(claimed.number())) {
                core.recorder().endPhase(recorded, "decision", image(claimed.number()), Errno.ENODEV);
                fence();
                return false;
            }
        } catch (IOException e) {
            throw StorageFailure.of("image " + claimed.number() + " could not be confirmed", e);
        }
        core.recorder().endPhase(recorded, "decision", image(claimed.number()), null);
        core.handover().attach(storage.memory());
        core.handover().inherit(image.model());
        storage.memory().thaw();
        if (image.model().updates() == image.model().number()) {
            update = new Update(image.model().number(), image.moments(), storage.memory().statistics().preservedPages(),
                    storage.imageBytes());
        }
        inherited = claimed.number();
        origin = new Origin(claimed, image, storage.imageBytes(), storage.imageFormats(), found);
        image = null;
        phase = Phase.RUNNING;
        core.recorder().endPhase(handingOver, "handover", image(inherited), null);
        core.journal().write(found ? EventId.TAKEN_OVER : EventId.CONFIRMED, image(inherited),
                origin.toString());
        return true;
    }

    /**
     * The framework stops in order: what is preserved goes into an image, for its next start.
     *
     * @return the image's number; empty if there is nothing to keep, or it could not be kept
     */
    OptionalLong stopInOrder() {
        return core.overview().holdsFiles() ? commitAtStop(core.handover()::freezeForLater) : OptionalLong.empty();
    }

    /**
     * The core stops and the framework does not: both sides go into an image, for the next core.
     *
     * @return as of {@link #stopInOrder}
     */
    OptionalLong stopAlone() {
        OptionalLong image = core.overview().holdsAnything() ? commitAtStop(core.handover()::freezeForNextCore)
                : OptionalLong.empty();
        if (image.isPresent()) {
            core.fence(); // providers are still there, and what they would do now is in no image
        }
        return image;
    }

    private OptionalLong commitAtStop(Step<ImageModel> freeze) {
        if (phase != Phase.RUNNING || !core.enabled()) {
            return OptionalLong.empty();
        }
        try {
            long now = System.nanoTime();
            long number = steps.run("committed", () -> commitNow(now, freeze));
            core.journal().write(EventId.STOP_COMMITTED, image(number),
                    image(number) + " was committed at this stop; the next start takes it over");
            return OptionalLong.of(number);
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.STATE_LOST, storage.path(), e.errno(),
                    "preserved state is lost at this stop, no image could be committed: " + e.getMessage());
            return OptionalLong.empty();
        }
    }

    /** The last step of this generation. */
    void close() {
        boolean keep = phase == Phase.COMMITTED || phase == Phase.FENCED || phase == Phase.CLAIMED;
        phase = Phase.FENCED;
        core.fence();
        storage.close(keep);
    }

    private void require(Phase required, String done) throws LiveUpdateException {
        if (phase != required) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "nothing can be " + done + " now: this generation is " + phase + ", not " + required);
        }
    }
}
