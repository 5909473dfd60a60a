package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** The JVM and framework in which a core runs. */
public class GenerationDTO extends DTO {
    /** Process id. */
    public long pid;
    /** When the core started, in milliseconds since 1970. */
    public long started;
    /** Name and version of the JVM. */
    public String jvm;
    /** Symbolic name and version of the framework; null outside of one. */
    public String framework;
    /** Version of the core. */
    public String core;
}
