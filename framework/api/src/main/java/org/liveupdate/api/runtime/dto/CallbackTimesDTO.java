package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** What one callback of one provider took in a live update. Times are in microseconds, since the first freeze. */
public class CallbackTimesDTO extends DTO {
    /** FLB or HANDLER. */
    public String kind;
    /** Compatible string of the provider. */
    public String compatible;
    /** The bundle that was called. */
    public String module;
    /** Which callback: freeze or unfreeze; retrieve, can_finish or finish. */
    public String callback;
    /** How often it was called. */
    public long calls;
    /** How many of the calls failed. */
    public long failed;
    /** When the first call began. */
    public long began;
    /** When the last call ended. */
    public long ended;
    /** How long all calls took together, one after the other. */
    public long total;
    /** How long the longest took. */
    public long longest;
}
