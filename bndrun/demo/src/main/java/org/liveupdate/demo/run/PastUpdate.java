package org.liveupdate.demo.run;

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
}
