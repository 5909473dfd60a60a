package org.liveupdate.core.osgi;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.CallbackTimesDTO;
import org.liveupdate.api.runtime.dto.UpdateDTO;
import org.liveupdate.core.image.Moments;
import org.liveupdate.core.luo.Timeline;

/**
 * The live update that led to this generation. The two JVMs measure with {@link System#nanoTime()}, which has one origin
 * for all processes on Linux; the wall clock is there to notice where it has not.
 */
final class Update {
    private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAGE_BYTES = 4096;

    private final long number;
    private final Moments moments;
    private final long pagesCarried;
    private final long imageBytes;
    private final long confirmed = System.nanoTime();
    /** What to add to the predecessor's clock to get ours: 0 if it is the same. */
    private final long shift;

    Update(long number, Moments moments, long pagesCarried, long imageBytes) {
        this.number = number;
        this.moments = moments;
        this.pagesCarried = pagesCarried;
        this.imageBytes = imageBytes;
        long monotonic = confirmed - moments.committed();
        long wall = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - moments.committedWall());
        this.shift = Math.abs(monotonic - wall) <= TOLERANCE_NANOS ? 0 : monotonic - wall;
    }

    UpdateDTO toDto(Timeline timeline) {
        UpdateDTO dto = new UpdateDTO();
        dto.number = number;
        dto.prepare = micros(moments.freezeBegan() - moments.prepareBegan());
        dto.freeze = micros(moments.committed() - moments.freezeBegan());
        dto.handover = micros(confirmed - moments.committed() - shift);
        boolean over = timeline.any();
        dto.blackout = over ? micros(timeline.firstRetrieve() - moments.freezeBegan() - shift) : -1;
        dto.total = over ? micros(timeline.firstRetrieve() - moments.prepareBegan() - shift) : -1;
        dto.finish = timeline.isFinished() ? micros(timeline.finishedAt() - confirmed) : -1;
        dto.callbacks = Stream.concat(TimesList.of(moments.freezes(), moments.freezeBegan()),
                Stream.of(TimesList.of(timeline.taking(), moments.freezeBegan() + shift)))
                .toArray(CallbackTimesDTO[]::new);
        dto.committed = moments.committedWall();
        dto.clock = shift == 0 ? "monotonic" : "wall";
        dto.bytesCarried = pagesCarried * PAGE_BYTES;
        dto.bytesCopied = imageBytes;
        return dto;
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
