package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** What a live update to a new JVM would meet, found out with a successor that was started for it and ended again. */
public class KexecPlanDTO extends DTO {
    /** Process id of the successor; it has ended. */
    public long successor;
    /** From starting the successor until it had said what it can read, in microseconds. */
    public long prepare;
    /** What the successor can read: {@code handler NAME}, {@code flb NAME} and {@code format NAME}, sorted. */
    public String[] readable = {};
    /**
     * What would refuse the update, also by force, one sentence each: unfinished incoming sessions, detached providers,
     * sessions that are busy.
     */
    public String[] blockers = {};
    /** What would not survive, one sentence each: the update is refused for it unless it is forced. */
    public String[] losses = {};
}
