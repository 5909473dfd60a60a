package org.liveupdate.core.osgi;

import java.util.concurrent.atomic.AtomicBoolean;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.HandoverMemory;

/**
 * One step of handing over or taking over runs at a time. It is marked, not locked, because a step calls providers and
 * agents: another step meanwhile is {@code EBUSY}.
 */
final class HandoverSteps {
    /** A step. */
    interface Step<R> {
        R run() throws LiveUpdateException;
    }

    private final Storage storage;
    /** Whether a step is under way. */
    private final AtomicBoolean busy = new AtomicBoolean();

    HandoverSteps(Storage storage) {
        this.storage = storage;
    }

    /**
     * Runs a step.
     *
     * @param done
     *            what cannot be done if it is refused, such as {@code committed}
     * @throws LiveUpdateException
     *             {@code EBUSY} another step is under way; {@code EIO} a file was truncated; what the step throws
     */
    <R> R run(String done, Step<R> step) throws LiveUpdateException {
        if (!busy.compareAndSet(false, true)) {
            throw new LiveUpdateException(Errno.EBUSY, "another step is under way, nothing can be " + done + " now");
        }
        try {
            return step.run();
        } catch (InternalError e) {
            // how the JVM tells of an access to a mapped file that was truncated
            HandoverMemory memory = storage.memory();
            throw new LiveUpdateException(Errno.EIO, "nothing can be " + done + ": "
                    + (memory == null ? "a file of " + storage.path() : memory.file())
                    + " was truncated by somebody else (" + e.getMessage() + "); this generation cannot go on with it");
        } finally {
            busy.set(false);
        }
    }
}
