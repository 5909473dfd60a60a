package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** A callback of a provider that is running. */
public class CallbackDTO extends DTO {
    /** FLB or HANDLER. */
    public String kind;
    /** Compatible string of the provider. */
    public String compatible;
    /** The bundle that is called. */
    public String module;
    /** Which callback, as the kernel spells it. */
    public String callback;
    /** The session concerned, or null. */
    public String session;
    /** The file concerned; meaningless if {@link #session} is null. */
    public long token;
    /** Name of the thread that is inside of it. */
    public String thread;
    /** How long it has been running at least, in milliseconds; counted in eighths of the callback deadline. */
    public long millis;
    /** Whether half the callback deadline has passed. */
    public boolean slow;
    /** Where the thread is, one line for each frame; null unless the callback is slow. */
    public String stack;
}
