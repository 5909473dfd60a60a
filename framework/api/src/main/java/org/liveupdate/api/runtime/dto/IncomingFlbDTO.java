package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** An FLB that was handed over: the incoming life cycle. */
public class IncomingFlbDTO extends DTO {
    /** Its compatible string. */
    public String compatible;
    /** State of the incoming life cycle. */
    public String state;
    /** The bundle whose FLB retrieved it, or null. */
    public String module;
    /** Symbolic name of the bundle that preserved it. */
    public String owner;
    /** Pages of handover memory in its scope. */
    public long pages;
    /** Since when and why nobody serves it, and what to do; null unless the state is DETACHED. */
    public String detached;
    /** Unfinished files that hold it. */
    public long files;
    /** Open incoming handles. */
    public long handles;
    /** Its data. */
    public long data;
    /** How often retrieve was called in this generation. */
    public long retrieved;
    /** How often finish was called in this generation. */
    public long finished;
    /** Why retrieving it failed, or null. */
    public String failure;
}
