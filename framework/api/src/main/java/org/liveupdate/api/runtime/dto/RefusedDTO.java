package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** Something that was refused and is tried again when the reason goes away. */
public class RefusedDTO extends DTO {
    /** FLB or HANDLER. */
    public String kind;
    /** Its compatible string. */
    public String compatible;
    /** The bundle concerned. */
    public String module;
    /** Service id; -1 for an explicit registration. */
    public long service;
    /** Name of the {@code Errno}. */
    public String errno;
    /** Why, and what to do. */
    public String reason;
}
