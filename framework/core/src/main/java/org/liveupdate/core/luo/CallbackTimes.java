package org.liveupdate.core.luo;

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
            long began, long ended, long total, long longest) {}

    /** Adds up the calls of one callback; guarded by whoever has it. */
    private static final class Sum {
        private final Key key;
        private final long began;
        private String module;
        private long calls;
        private long failed;
        private long ended;
        private long total;
        private long longest;

        Sum(Key key, long began) {
            this.key = key;
            this.began = began;
        }

        boolean isOf(Recorder.Call callee, Callback callback) {
            return callback == key.callback && callee.compatible().equals(key.compatible)
                    && callee.kind().equals(key.kind);
        }

        void add(String by, boolean ok, long callBegan, long callEnded) {
            module = by;
            calls++;
            failed += ok ? 0 : 1;
            ended = callEnded;
            total += callEnded - callBegan;
            longest = Math.max(longest, callEnded - callBegan);
        }

        Times times() {
            return new Times(key.kind, key.compatible, module, key.callback, calls, failed, began, ended, total,
                    longest);
        }
    }

    /** In order of the first call; guarded by this. */
    private final Map<Key, Sum> sums = new LinkedHashMap<>();
    /** Of the last call, or null: the next one is mostly of the same. Guarded by this. */
    private Sum last;

    synchronized void add(Recorder.Call callee, Callback callback, boolean ok, long began, long ended) {
        if (last == null || !last.isOf(callee, callback)) {
            last = sums.computeIfAbsent(new Key(callee.kind(), callee.compatible(), callback),
                    key -> new Sum(key, began));
        }
        last.add(callee.module().toString(), ok, began, ended);
    }

    synchronized void clear() {
        sums.clear();
        last = null;
    }

    /**
     * What was measured.
     *
     * @return a copy, in order of the first call
     */
    public synchronized List<Times> list() {
        return sums.values().stream().map(Sum::times).toList();
    }
}
