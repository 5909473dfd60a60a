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
    /** Why it was written: {@code UPDATE} (a live update) or {@code STOP} (the framework or the core stopped). */
    public String origin;
    /** The formats it is written in. */
    public String[] formats = {};
    /** Symbolic names of the bundles that preserved what is in it. */
    public String[] owners = {};
    /** The JVM that wrote it; null if the image does not say. */
    public String jvm;
    /** The framework that wrote it; null if the image does not say. */
    public String framework;
    /** FLBs in it. */
    public long flbs;
    /** Sessions in it. */
    public long sessions;
    /** Files in it. */
    public long files;
}
