package org.liveupdate.api;

/** Names of service properties, capabilities and limits. */
public final class LiveUpdateConstants {
    /**
     * Service property of a {@link Flb} or {@link FileHandler}: its compatible string, 1 to
     * {@value #COMPATIBLE_MAX_BYTES} bytes of printable ASCII. Type {@code String}, required.
     */
    public static final String COMPATIBLE = "liveupdate.compatible";

    /**
     * Service property of a {@link FileHandler}: the compatible strings of the FLBs its files depend on, in the order in
     * which they are preserved. Type {@code String}, {@code String[]} or a collection of strings, optional.
     */
    public static final String FLBS = "liveupdate.flbs";

    /** Longest compatible string, in bytes (48 with the terminating NUL). */
    public static final int COMPATIBLE_MAX_BYTES = 47;

    /** Longest session name, in bytes of UTF-8 (64 with the terminating NUL). */
    public static final int SESSION_NAME_MAX_BYTES = 63;

    /** How many FLBs can be linked or in use: one page of 64-byte entries after a 16-byte header. */
    public static final int LUO_FLB_MAX = (4096 - 16) / 64;

    /** Namespace of the capability that an FLB provider declares; attribute {@code compatible}. */
    public static final String FLB_NAMESPACE = "liveupdate.flb";

    /** Namespace of the capability that a file handler's bundle declares; attribute {@code compatible}. */
    public static final String HANDLER_NAMESPACE = "liveupdate.handler";

    /**
     * Id of the OSGi condition that is there while a generation is in charge and live update is on: from then on every
     * call of {@link LiveUpdate} can succeed. It stays until the core ends.
     */
    public static final String READY_CONDITION = "liveupdate.ready";

    /**
     * Id of the OSGi condition that is there once no incoming session holds an unfinished file: at once if nothing was
     * handed over. Never before {@link #READY_CONDITION}.
     */
    public static final String INCOMING_FINISHED_CONDITION = "liveupdate.incoming.finished";

    private LiveUpdateConstants() {}
}
