package org.liveupdate.core.osgi;

import java.util.concurrent.TimeUnit;
import org.liveupdate.api.runtime.dto.CallbackTimesDTO;
import org.liveupdate.core.luo.CallbackTimes;

/** What callbacks took, as data. */
final class TimesList {
    private TimesList() {}

    /**
     * All of them.
     *
     * @param origin
     *            the moment from which times are counted, in terms of {@link System#nanoTime}
     */
    static CallbackTimesDTO[] of(CallbackTimes times, long origin) {
        return times.list().stream().map(each -> toDto(each, origin)).toArray(CallbackTimesDTO[]::new);
    }

    private static CallbackTimesDTO toDto(CallbackTimes.Times times, long origin) {
        CallbackTimesDTO dto = new CallbackTimesDTO();
        dto.kind = times.kind();
        dto.compatible = times.compatible();
        dto.module = times.module();
        dto.callback = times.callback().toString();
        dto.calls = times.calls();
        dto.failed = times.failed();
        dto.began = micros(times.began() - origin);
        dto.ended = micros(times.ended() - origin);
        dto.total = micros(times.total());
        dto.longest = micros(times.longest());
        return dto;
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
