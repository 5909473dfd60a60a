package org.liveupdate.demo.run;

import java.util.Arrays;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.UpdateDTO;

/**
 * A live update that is behind.
 *
 * @param oldPid
 *            process id of the JVM that handed over
 * @param newPid
 *            process id of the JVM that took over
 * @param times
 *            how long it took
 * @param bytesCarried
 *            bytes of preserved memory that stayed where they were; -1 if it is not known
 * @param bytesCopied
 *            bytes written and read as the image; -1 if it is not known
 */
public record PastUpdate(long oldPid, long newPid, Times times, long bytesCarried, long bytesCopied) {
    private static final int WORDS = 10;

    /**
     * How long an update took, in microseconds; -1 if it is not known.
     *
     * @param prepare
     *            from the request until the successor was ready
     * @param freeze
     *            from the first freeze to the image being committed
     * @param handover
     *            from the image being committed to the successor being in charge
     * @param blackout
     *            from the first freeze to the first completed retrieve
     * @param total
     *            from the request to the first completed retrieve
     * @param clock
     *            which clock the two JVMs share
     */
    public record Times(long prepare, long freeze, long handover, long blackout, long total, String clock) {}

    /**
     * As the core of the new JVM measured it.
     *
     * @param update
     *            null if the core does not know
     */
    public static PastUpdate of(long oldPid, long newPid, UpdateDTO update) {
        if (update == null) {
            return new PastUpdate(oldPid, newPid, new Times(-1, -1, -1, -1, -1, "none"), -1, -1);
        }
        Times times = new Times(update.prepare, update.freeze, update.handover, update.blackout, update.total,
                String.valueOf(update.clock));
        return new PastUpdate(oldPid, newPid, times, update.bytesCarried, update.bytesCopied);
    }

    /** As words with one blank between them; {@link #parse} reads it. */
    public String line() {
        return String.join(" ", Stream.of(oldPid, newPid, times.prepare(), times.freeze(), times.handover(),
                times.blackout(), times.total(), bytesCarried, bytesCopied, Word.of(times.clock()))
                .map(Object::toString)
                .toList());
    }

    /**
     * Reads what {@link #line} writes.
     *
     * @throws IllegalArgumentException
     *             if it is something else
     */
    public static PastUpdate parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != WORDS) {
            throw new IllegalArgumentException(words.length + " words instead of " + WORDS);
        }
        long[] numbers = Arrays.stream(words).limit(WORDS - 1).mapToLong(Long::parseLong).toArray();
        return new PastUpdate(numbers[0], numbers[1],
                new Times(numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], Word.text(words[WORDS - 1])),
                numbers[7], numbers[8]);
    }
}
