package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** A file handler. */
public class HandlerDTO extends DTO {
    /** Its compatible string. */
    public String compatible;
    /** The bundle that owns it. */
    public String module;
    /** False once it was unregistered or its service withdrawn, while files still hold it. */
    public boolean registered;
    /** The FLBs linked to it, in order. */
    public String[] flbs = {};
    /** FLBs it names that are not linked: its files cannot be preserved. */
    public String[] missing = {};
    /** Files that hold it. */
    public long files;
}
