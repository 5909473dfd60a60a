package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** An FLB object and its outgoing life cycle. */
public class FlbDTO extends DTO {
    /** Its compatible string. */
    public String compatible;
    /** The bundle that owns it. */
    public String module;
    /** Handlers it is linked to; 0 is UNLINKED. */
    public int links;
    /** State of the outgoing life cycle. */
    public String state;
    /** Since when and why nobody serves what is preserved, and what to do; null unless the state is DETACHED. */
    public String detached;
    /** Preserved files that hold it. */
    public long files;
    /** Open outgoing handles. */
    public long handles;
    /** Its data, 0 unless preserved. */
    public long data;
    /** Pages of handover memory in its outgoing scope. */
    public long pages;
    /** How often preserve was called in this generation. */
    public long preserved;
    /** How often unpreserve was called in this generation. */
    public long unpreserved;
}
