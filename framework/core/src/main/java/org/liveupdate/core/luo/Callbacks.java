package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;

/**
 * Calls providers: never with the core lock held, and whatever they throw becomes an errno and a sentence, so that no
 * class of a provider outlives the call.
 */
final class Callbacks {
    /** A callback with a result. */
    interface Call<R> {
        R run() throws LiveUpdateException;
    }

    /** A callback without a result. */
    interface Action {
        void run() throws LiveUpdateException;
    }

    private final CoreLock lock;
    private final Journal journal;
    private volatile boolean fenced;

    Callbacks(CoreLock lock, Journal journal) {
        this.lock = lock;
        this.journal = journal;
    }

    /** No provider is called any more: this generation is out of charge for good. */
    void fence() {
        fenced = true;
    }

    /** Calls; the core lock is not held. */
    <R> R call(Object target, Callback callback, Call<R> body) throws LiveUpdateException {
        checkUnlocked();
        if (fenced) {
            throw new LiveUpdateException(Errno.ENODEV,
                    target + ": " + callback + " is not called, another generation is in charge");
        }
        try {
            return body.run();
        } catch (LiveUpdateException e) {
            throw e;
        } catch (KhoException e) {
            throw new LiveUpdateException(errno(e), target + ": " + callback + " failed: " + e.getMessage());
        } catch (InternalError e) {
            // how the JVM tells of an access to a mapped file that was truncated
            throw new LiveUpdateException(Errno.EIO, target + ": " + callback
                    + " did not reach its memory, the memory file was truncated (" + e.getMessage() + ')');
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new LiveUpdateException(Errno.EIO, target + ": " + callback + " threw " + e);
        }
    }

    /** Calls what cannot stop the caller: what it throws is written down. */
    void run(Object target, Callback callback, Action body) {
        try {
            call(target, callback, () -> {
                body.run();
                return null;
            });
        } catch (LiveUpdateException e) {
            journal.warn(e.getMessage() + "; the core went on");
        }
    }

    private void checkUnlocked() {
        if (lock.isHeld()) {
            throw new IllegalStateException("a callback must not be called with the core lock held");
        }
    }

    static Errno errno(KhoException e) {
        return switch (e.reason()) {
            case NO_MEMORY -> Errno.ENOMEM;
            case FROZEN -> Errno.EBUSY;
            case FENCED -> Errno.ENODEV;
            case CORRUPT -> Errno.EIO;
            case REFUSED -> Errno.EPERM;
            default -> Errno.EINVAL;
        };
    }
}
