package org.liveupdate.core.osgi;

import java.io.IOException;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.Moments;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.core.osgi.HandoverSteps.Step;
import org.liveupdate.kho.image.ImageCommit;

/** Room for an image, the freeze, and the image: all of it, or everything goes on as before. */
final class Committing {
    private final Orchestrator core;
    private final Storage storage;

    Committing(Orchestrator core, Storage storage) {
        this.core = core;
        this.storage = storage;
    }

    /**
     * Freezes and writes.
     *
     * @param before
     *            number of the last image; this one's is greater
     * @param prepareBegan
     *            nanoseconds of the monotonic clock
     * @param freeze
     *            what is frozen, and how
     * @return the image's number
     * @throws LiveUpdateException
     *             {@code ENOSPC} there is no room; {@code EIO}; what {@code freeze} throws: nothing is frozen then
     */
    long commit(long before, long prepareBegan, Step<ImageModel> freeze) throws LiveUpdateException {
        storage.memory().updateChecksums();
        ImageCommit commit = begin(before + 1);
        try {
            freezeAndWrite(commit, prepareBegan, freeze);
            return commit.number();
        } finally {
            close(commit);
        }
    }

    private ImageCommit begin(long number) throws LiveUpdateException {
        try {
            return storage.begin(number, core.overview().filesBySession());
        } catch (IOException e) {
            throw StorageFailure.of("there is no room for the image; nothing was frozen", e);
        }
    }

    private void close(ImageCommit commit) {
        try {
            commit.close();
        } catch (IOException e) {
            core.journal().write(EventId.REMAINS, HandoverService.image(commit.number()), Errno.EIO,
                    "what was begun of image " + commit.number() + " stays until the directory is reclaimed: "
                            + e.getMessage());
        }
    }

    private void freezeAndWrite(ImageCommit commit, long prepareBegan, Step<ImageModel> freeze)
            throws LiveUpdateException {
        long freezeBegan = System.nanoTime();
        ImageModel model = freeze.run();
        storage.memory().freeze();
        Object recorded = core.recorder().beginPhase();
        Errno failure = null;
        try {
            storage.commit(commit, model,
                    new Moments(prepareBegan, freezeBegan, System.nanoTime(), System.currentTimeMillis(),
                            TimesList.frozen(core.timeline().freezing())));
        } catch (IOException e) {
            storage.memory().thaw();
            core.handover().unfreeze();
            LiveUpdateException refusal =
                    StorageFailure.of("the image could not be written; everything goes on as before",
                            e);
            failure = refusal.errno();
            throw refusal;
        } finally {
            core.recorder().endPhase(recorded, "commit", HandoverService.image(commit.number()), failure);
        }
    }
}
