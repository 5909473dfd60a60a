package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.flight.Recorder;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.journal.Journal;
import org.liveupdate.kho.KhoException;

/**
 * Calls providers: never with the core lock held, and whatever they throw becomes an errno and a sentence, so that no
 * class of a provider outlives the call. Callbacks are measured and recorded on the way; what only asks about a file, or
 * counts its users, is {@link #ask asked}.
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
    private final Timeline timeline;
    private final Recorder recorder;
    private volatile boolean fenced;

    Callbacks(CoreLock lock, Journal journal, Timeline timeline, Recorder recorder) {
        this.lock = lock;
        this.journal = journal;
        this.timeline = timeline;
        this.recorder = recorder;
    }

    /** No provider is called any more: this generation is out of charge for good. */
    void fence() {
        fenced = true;
    }

    /** Calls an FLB; the core lock is not held. */
    <R> R call(FlbRuntime flb, Callback callback, Call<R> body) throws LiveUpdateException {
        return measured(flb, null, 0, callback, body);
    }

    /** Calls an FLB in a way that cannot stop the caller: what it throws is written down. */
    void run(FlbRuntime flb, Callback callback, Action body) {
        unstoppable(flb, () -> call(flb, callback, () -> done(body)));
    }

    /** Calls a file handler in the session's turn; the core lock is not held. */
    <R> R call(HandlerRuntime handler, SessionState session, long token, Callback callback, Call<R> body)
            throws LiveUpdateException {
        FileCall outer = session.turn().calling();
        session.turn().calling(new FileCall(handler, token, callback));
        try {
            return measured(handler, session.name(), token, callback, body);
        } finally {
            session.turn().calling(outer);
        }
    }

    /** Calls a file handler in a way that cannot stop the caller: what it throws is written down. */
    void run(HandlerRuntime handler, SessionState session, long token, Callback callback, Action body) {
        unstoppable(handler, () -> call(handler, session, token, callback, () -> done(body)));
    }

    /** Asks a file handler something on the occasion of a callback. */
    <R> R ask(HandlerRuntime handler, Callback occasion, Call<R> body) throws LiveUpdateException {
        return guarded(handler, occasion, body);
    }

    /** Tells a file handler something on the occasion of a callback, which cannot stop the caller. */
    void tell(HandlerRuntime handler, Callback occasion, Action body) {
        unstoppable(handler, () -> guarded(handler, occasion, () -> done(body)));
    }

    private static Void done(Action body) throws LiveUpdateException {
        body.run();
        return null;
    }

    private void unstoppable(Object target, Action body) {
        try {
            body.run();
        } catch (LiveUpdateException e) {
            journal.write(EventId.CALLBACK_FAILED, target, e.errno(), e.getMessage() + "; the core went on");
        }
    }

    private <R> R measured(Recorder.Call callee, String session, long token, Callback callback, Call<R> body)
            throws LiveUpdateException {
        CallbackTimes times = timeline.of(callback);
        long began = times == null ? 0 : timeline.now();
        Object recorded = recorder.begin();
        Errno errno = null;
        try {
            return guarded(callee, callback, body);
        } catch (LiveUpdateException e) {
            errno = e.errno();
            throw e;
        } finally {
            if (recorded != null) {
                recorder.end(recorded, callee, callback.toString(), session, token, errno);
            }
            if (times != null) {
                times.add(callee, callback, errno == null, began, timeline.now());
            }
        }
    }

    private <R> R guarded(Object target, Callback callback, Call<R> body) throws LiveUpdateException {
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
