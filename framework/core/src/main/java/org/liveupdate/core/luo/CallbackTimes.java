package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Callback;
import org.liveupdate.core.flight.Recorder;

/** How long the callbacks of each provider took, as {@link System#nanoTime()} tells. Thread safe. */
public final class CallbackTimes {
    private record Key(String kind, String compatible, Callback callback) {}

    /**
     * What one callback of one provider took.
     *
     * @param kind
     *            FLB or HANDLER
     * @param compatible
     *            of the provider
     * @param module
     *            the bundle that was called last
     * @param callback
     *            which
     * @param calls
     *            how often it was called
     * @param failed
     *            how many calls failed
     * @param began
     *            when the first call began
     * @param ended
     *            when the last call ended
     * @param total
     *            nanoseconds of all calls
     * @param longest
     *            nanoseconds of the longest
     */
    public record Times(String kind, String compatible, String module, Callback callback, long calls, long failed,
            long began, long ended, long total, long longest) {
        Times and(Times next) {
            return new Times(kind, compatible, next.module, callback, calls + 1, failed + next.failed, began,
                    next.ended, total + next.total, Math.max(longest, next.longest));
        }
    }

    /** In order of the first call; guarded by this. */
    private final Map<Key, Times> times = new LinkedHashMap<>();

    synchronized void add(Recorder.Call callee, Callback callback, boolean ok, long began, long ended) {
        long took = ended - began;
        times.merge(new Key(callee.kind(), callee.compatible(), callback),
                new Times(callee.kind(), callee.compatible(), callee.module().toString(), callback, 1, ok ? 0 : 1,
                        began, ended, took, took),
                Times::and);
    }

    synchronized void clear() {
        times.clear();
    }

    /**
     * What was measured.
     *
     * @return a copy, in order of the first call
     */
    public synchronized List<Times> list() {
        return new ArrayList<>(times.values());
    }
}
