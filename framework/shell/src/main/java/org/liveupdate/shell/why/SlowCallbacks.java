package org.liveupdate.shell.why;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.CallbackDTO;

/** Callbacks that somebody may be waiting for. */
final class SlowCallbacks {
    private SlowCallbacks() {}

    /** A finding for each slow one of a kind. */
    static Stream<Finding> of(Situation situation, Predicate<CallbackDTO> which) {
        return Arrays.stream(situation.core().callbacks).filter(callback -> callback.slow).filter(which)
                .map(callback -> Finding.trouble(callback.callback + " of " + callback.compatible + " in bundle "
                        + callback.module + " has been running for " + callback.millis + " ms in thread \""
                        + callback.thread + "\"; whoever needs what it serves waits",
                        "liveupdate:log shows where that thread is"));
    }
}
