package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Which callbacks of the mocks were called, in order, and what the test wants to happen inside them. A call is named
 * {@code provider.callback}; the log may say more behind a space. Thread safe.
 */
final class Calls {
    /** What a test does inside a callback. */
    interface Step {
        void run(CallbackContext context) throws LiveUpdateException;
    }

    /** Thrown by a step: the callback is to answer no. */
    static final class No extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What a test does inside every callback. */
    interface EveryStep {
        void run(String call) throws LiveUpdateException;
    }

    private final List<String> log = new ArrayList<>();
    private final Map<String, Step> steps = new HashMap<>();
    private EveryStep everyStep = call -> {};

    /** In every call of that callback from now on; replaces what was there. */
    synchronized Calls on(String call, Step step) {
        steps.put(call, step);
        return this;
    }

    /** In every call of every callback, before anything else. */
    synchronized Calls onEvery(EveryStep step) {
        everyStep = step;
        return this;
    }

    /** In the next call of that callback only. */
    synchronized Calls once(String call, Step step) {
        steps.put(call, context -> {
            off(call);
            step.run(context);
        });
        return this;
    }

    /** The next call of that callback fails. */
    Calls fail(String call, Errno errno) {
        return once(call, context -> {
            throw new LiveUpdateException(errno, "the test wants " + call + " to fail");
        });
    }

    /** The next call of that callback throws what a callback should not throw. */
    Calls crash(String call) {
        return once(call, context -> {
            throw new IllegalStateException("the test wants " + call + " to crash");
        });
    }

    /** The next call of that callback answers no. */
    Calls refuse(String call) {
        return once(call, context -> {
            throw new No();
        });
    }

    private synchronized void off(String call) {
        steps.remove(call);
    }

    /** A callback is called. */
    void called(String call, CallbackContext context) throws LiveUpdateException {
        called(call, "", context);
    }

    void called(String call, String detail, CallbackContext context) throws LiveUpdateException {
        synchronized (this) {
            log.add(call + detail);
        }
        step(call, context);
    }

    private void step(String call, CallbackContext context) throws LiveUpdateException {
        EveryStep every;
        Step step;
        synchronized (this) {
            every = everyStep;
            step = steps.get(call);
        }
        every.run(call);
        if (step != null) {
            step.run(context);
        }
    }

    /** As {@link #called}, for what would only be noise in the log. */
    void calledSilently(String call) {
        try {
            step(call, null);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Asks a question: false if a step says {@link No}. */
    boolean asked(String call, String detail, CallbackContext context) {
        try {
            calledUnchecked(call, detail, context);
            return true;
        } catch (No e) {
            return false;
        }
    }

    /** As {@link #called}, in a callback that can throw nothing checked. */
    void calledUnchecked(String call, String detail, CallbackContext context) {
        try {
            called(call, detail, context);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** What was called since the last time this was asked. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    /** How often a callback was called since the log was last taken. */
    synchronized long count(String call) {
        return log.stream().filter(line -> line.equals(call) || line.startsWith(call + ' ')).count();
    }
}
