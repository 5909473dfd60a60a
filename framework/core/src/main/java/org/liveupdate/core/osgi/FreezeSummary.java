package org.liveupdate.core.osgi;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.liveupdate.core.luo.CallbackTimes;

/** Who took how long to freeze, in words: whether or not a generation follows. */
final class FreezeSummary {
    private FreezeSummary() {}

    /** Empty if nobody was called. */
    static String of(CallbackTimes freezing) {
        String list = freezing.list().stream().map(FreezeSummary::text).collect(Collectors.joining(", "));
        return list.isEmpty() ? "" : ": " + list;
    }

    private static String text(CallbackTimes.Times times) {
        return times.callback() + " of " + times.compatible() + " took " + TimeUnit.NANOSECONDS.toMicros(times.total())
                + " us in " + times.calls() + (times.calls() == 1 ? " call" : " calls");
    }
}
