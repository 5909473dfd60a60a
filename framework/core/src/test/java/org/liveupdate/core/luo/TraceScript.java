package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Errno;

/**
 * What a trace has armed (failures and hooks; arming again replaces), counted, and seen. Counters live as long as the
 * trace.
 */
final class TraceScript {
    /** A failure that waits for the n-th next call. */
    private static final class Failure {
        private final Errno errno;
        private int calls;

        Failure(Errno errno, int calls) {
            this.errno = errno;
            this.calls = calls;
        }
    }

    /** Runs an operation of the script and returns its result. */
    interface Runner {
        String run(String op);
    }

    final List<String> events = new ArrayList<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private final Map<String, String> hooks = new HashMap<>();
    private final Map<String, Integer> counters = new HashMap<>();
    private final Runner runner;

    TraceScript(Runner runner) {
        this.runner = runner;
    }

    void fail(String target, String callback, Errno errno, int nth) {
        failures.put(target + ' ' + callback, new Failure(errno, nth));
    }

    void hook(String target, String callback, String op) {
        hooks.put(target + ' ' + callback, op);
    }

    /** A callback is called: the errno it has to fail with, or null. */
    Errno called(String target, String callback) {
        Failure armed = failures.get(target + ' ' + callback);
        if (armed == null || --armed.calls > 0) {
            return null;
        }
        failures.remove(target + ' ' + callback);
        return armed.errno;
    }

    /** Writes the callback's event and runs its hook. */
    void event(String target, String callback, String rest) {
        events.add(target + '.' + callback + rest);
        String op = hooks.remove(target + ' ' + callback);
        if (op != null) {
            events.add("hook " + op + '=' + runner.run(op));
        }
    }

    int next(String counter) {
        return counters.merge(counter, 1, Integer::sum);
    }

    /** Counters with this prefix start anew. */
    void reset(String prefix) {
        counters.keySet().removeIf(key -> key.startsWith(prefix));
    }
}
