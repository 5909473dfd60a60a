package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** A bundle as a module, as lsmod would show it. */
public class ModuleDTO extends DTO {
    /** Bundle id; -1 for what is not a bundle. */
    public long bundle;
    /** Symbolic name and version. */
    public String name;
    /** LIVE, COMING or GOING. */
    public String state;
    /** Module references held. */
    public long references;
    /** Who holds them, one line each, such as {@code flb hugetlb-v1 (outgoing)}. */
    public String[] usedBy = {};
}
