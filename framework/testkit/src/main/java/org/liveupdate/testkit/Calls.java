package org.liveupdate.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.liveupdate.api.Callback;

/** What was called of a provider, and what it threw where it must not. Keeps text, nothing of the provider. */
final class Calls {
    private final Faults faults;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final List<String> thrown = new CopyOnWriteArrayList<>();

    Calls(Faults faults) {
        this.faults = faults;
    }

    Faults faults() {
        return faults;
    }

    /** A callback that may fail. */
    <R, E extends Exception> R call(String compatible, Callback callback, Faults.Body<R, E> body) throws E {
        counts.merge(key(compatible, callback), 1, Integer::sum);
        return faults.within(key(compatible, callback), body);
    }

    /** A callback that returns nothing. */
    void run(String compatible, Callback callback, Runnable body) {
        counts.merge(key(compatible, callback), 1, Integer::sum);
        faults.within(key(compatible, callback), () -> {
            run(key(compatible, callback), body);
            return null;
        });
    }

    /** Something without a result that is no callback of its own. */
    void run(String what, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            thrown.add(what + " threw " + e);
            throw e;
        }
    }

    /** How often a callback was called. */
    int count(String compatible, Callback callback) {
        return counts.getOrDefault(key(compatible, callback), 0);
    }

    /** What callbacks that return nothing have thrown, one line each. */
    List<String> thrown() {
        return List.copyOf(thrown);
    }

    /** How a callback is called here and in {@link Faults}. */
    static String key(String compatible, Callback callback) {
        return compatible + ' ' + callback;
    }
}
