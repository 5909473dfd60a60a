package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** The image that a generation took over. */
public class ImageDTO extends DTO {
    /** Its number. */
    public long number;
    /** The file it was read from. */
    public String path;
    /** When it was committed, in milliseconds since 1970. */
    public long committed;
    /** Its size. */
    public long bytes;
    /**
     * {@code UPDATE} if a running predecessor handed it over, {@code STOP} if it was found when the core started: what an
     * orderly stop left, or a live update in which both generations died undecided.
     */
    public String origin;
    /** The formats it is written in. */
    public String[] formats = {};
    /** Symbolic names of the bundles that preserved what is in it. */
    public String[] owners = {};
    /** FLBs in it. */
    public long flbs;
    /** Sessions in it. */
    public long sessions;
    /** Files in it. */
    public long files;
}
