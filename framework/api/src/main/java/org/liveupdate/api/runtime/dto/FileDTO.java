package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** A file of a session. */
public class FileDTO extends DTO {
    /** Its token. */
    public long token;
    /** The compatible string of its handler. */
    public String compatible;
    /** PRESERVED, WAITING (no handler), KNOWN, RETRIEVED, FAILED, or DETACHED (its handler has left). */
    public String state;
    /** The bundle whose handler serves it, or null. */
    public String module;
    /** Symbolic name of the bundle that preserved it. */
    public String owner;
    /** Why nobody serves it, or why retrieving it failed, or null. */
    public String failure;
    /** The FLBs it holds, in order. */
    public String[] flbs = {};
    /** Its data. */
    public long data;
    /** Pages of handover memory in its scope. */
    public long pages;
}
