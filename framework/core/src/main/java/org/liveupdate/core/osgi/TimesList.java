package org.liveupdate.core.osgi;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.liveupdate.api.Callback;
import org.liveupdate.api.runtime.dto.CallbackTimesDTO;
import org.liveupdate.core.image.FreezeTime;
import org.liveupdate.core.luo.CallbackTimes;

/** What callbacks took, as data. */
final class TimesList {
    private static final String FLB = "FLB";
    private static final String HANDLER = "HANDLER";

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

    /** What freezes took, for the generation that takes over. */
    static List<FreezeTime> frozen(CallbackTimes freezing) {
        return freezing.list().stream().filter(times -> times.callback() == Callback.FREEZE)
                .map(times -> new FreezeTime(times.kind().equals(HANDLER), times.compatible(), times.module(),
                        times.calls(), times.failed(), times.began(), times.ended(), times.total(), times.longest()))
                .toList();
    }

    /** What freezes took in the predecessor, since a moment in terms of its clock. */
    static Stream<CallbackTimesDTO> of(List<FreezeTime> freezes, long origin) {
        return freezes.stream().map(time -> toDto(new CallbackTimes.Times(time.handler() ? HANDLER : FLB,
                time.compatible(), time.module(), Callback.FREEZE, time.calls(), time.failed(), time.began(),
                time.ended(), time.total(), time.longest()), origin));
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
