package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** Something that happened: text only. */
public class EventDTO extends DTO {
    /** Grows by one with each event of a generation, from 1. */
    public long sequence;
    /** When, in milliseconds since 1970. */
    public long time;
    /** Which event of the documented table it is, such as {@code LU0301}. */
    public String id;
    /** START, UPDATE, STOP, SWAP, UNLOAD, DETACH, ATTACH, REVOKE, DISCARD, CALLBACK, MEMORY or CONFIGURATION. */
    public String kind;
    /** What it happened to: a bundle, a session, a file, an FLB or an image. */
    public String subject;
    /** OK, or the name of the {@code Errno} with which it ended. */
    public String result;
    /** What happened, why, and what to do, if there is anything to do. */
    public String text;
}
