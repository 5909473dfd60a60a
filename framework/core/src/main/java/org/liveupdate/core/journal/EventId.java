package org.liveupdate.core.journal;

/**
 * Everything that the core writes down, with the id under which logs and the history show it. An id never changes its
 * meaning, and is not used again.
 */
public enum EventId {
    /** Nothing was left to take over. */
    STARTED_CLEAN("LU0101", Kind.START, Severity.INFO, "the core started without an image"),
    /** What an earlier generation left is in charge of this one now. */
    TAKEN_OVER("LU0102", Kind.START, Severity.INFO, "the core took over an image"),
    /** Memory without an image is of no use to anybody. */
    RECLAIMED("LU0103", Kind.START, Severity.WARNING, "handover memory that was left without an image was removed"),
    /** The image that the last core left cannot be used. */
    LEFT_IGNORED("LU0104", Kind.START, Severity.WARNING, "what the last core of this framework left was ignored"),

    /** Frozen, serialized, on disk. */
    COMMITTED("LU0201", Kind.UPDATE, Severity.INFO, "an image was committed for a live update"),
    /** Blocked, vetoed, or no room. */
    UPDATE_REFUSED("LU0202", Kind.UPDATE, Severity.INFO, "a live update was refused; everything is as before"),
    /** The successor did not confirm. */
    TAKEN_BACK("LU0203", Kind.UPDATE, Severity.WARNING, "a live update was taken back"),
    /** This generation is in charge again. */
    RESUMED("LU0204", Kind.UPDATE, Severity.INFO, "everything goes on after a live update was taken back"),
    /** This generation is in charge. */
    CONFIRMED("LU0205", Kind.UPDATE, Severity.INFO, "a live update led here: this generation is in charge"),
    /** Another generation is in charge. */
    FENCED("LU0206", Kind.UPDATE, Severity.INFO, "another generation is in charge, this one is fenced"),
    /** An image that was begun could not be removed. */
    REMAINS("LU0207", Kind.UPDATE, Severity.WARNING, "a part of an image stays in the handover directory"),
    /** Detached, and no file needs it. */
    ENDS_HERE("LU0208", Kind.UPDATE, Severity.WARNING, "state that no file needs ends with this generation"),
    /** No file that was handed over is left. */
    INCOMING_FINISHED("LU0209", Kind.UPDATE, Severity.INFO, "everything that was handed over is finished"),

    /** For the next start. */
    STOP_COMMITTED("LU0301", Kind.STOP, Severity.INFO, "an image was committed at a stop"),
    /** No image could be written. */
    STATE_LOST("LU0302", Kind.STOP, Severity.WARNING, "preserved state is lost at a stop"),
    /** The next core does not know where to look. */
    NOT_REMEMBERED("LU0303", Kind.STOP, Severity.WARNING, "where the image is could not be written down"),
    /** Nobody can refuse a stop. */
    GOES_ALONG("LU0304", Kind.STOP, Severity.WARNING, "what did not freeze goes along as it was preserved"),
    /** The directory is as it was. */
    NOT_GIVEN_UP("LU0305", Kind.STOP, Severity.WARNING, "handover memory could not be given up"),

    /** State waits for an owner. */
    DETACHED("LU0401", Kind.DETACH, Severity.INFO, "an owner left, what it preserved stays"),
    /** The deadline has passed. */
    REVOKED("LU0402", Kind.REVOKE, Severity.WARNING, "what an owner did not end in time was taken from it"),
    /** The owner of a locked FLB left. */
    LOCK_BROKEN("LU0403", Kind.REVOKE, Severity.WARNING, "a lock was taken from its holder"),
    /** State has an owner again. */
    ATTACHED("LU0404", Kind.ATTACH, Severity.INFO, "an owner took over what another one, or it itself, had left"),
    /** State stays as it is. */
    ATTACH_FAILED("LU0405", Kind.ATTACH, Severity.WARNING, "an owner could not take over what is preserved"),
    /** Nobody asked, nobody could finish. */
    LEFT_OVER("LU0406", Kind.ATTACH, Severity.WARNING, "state whose last file was finished could not be finished"),
    /** It is tried again when a file comes back. */
    ATTACH_WAITS("LU0407", Kind.ATTACH, Severity.INFO, "an owner waits for another one before it takes over a file"),

    /** One bundle took the place of another. */
    SWAPPED("LU0501", Kind.SWAP, Severity.INFO, "a bundle was replaced"),
    /** The old one is in charge. */
    SWAP_REFUSED("LU0502", Kind.SWAP, Severity.INFO, "a bundle was not replaced; everything is as before"),
    /** The old one could not take back what it had given. */
    SWAP_NOT_UNDONE("LU0503", Kind.SWAP, Severity.WARNING, "a file stays detached after a swap that failed"),
    /** A bundle that is no longer wanted is still there. */
    NOT_REMOVED("LU0504", Kind.SWAP, Severity.WARNING, "a bundle or its jar could not be put away after a swap"),
    /** As rmmod does. */
    UNLOADED("LU0511", Kind.UNLOAD, Severity.INFO, "a bundle was unloaded"),
    /** References are held. */
    UNLOAD_REFUSED("LU0512", Kind.UNLOAD, Severity.INFO, "a bundle was not unloaded"),

    /** It cannot stop the core. */
    CALLBACK_FAILED("LU0601", Kind.CALLBACK, Severity.WARNING, "a callback failed that cannot stop the core"),
    /** Half the callback deadline has passed. */
    CALLBACK_SLOW("LU0602", Kind.CALLBACK, Severity.WARNING, "a callback takes long"),
    /** The callback deadline has passed. */
    CALLBACK_GIVEN_UP("LU0603", Kind.CALLBACK, Severity.WARNING, "a callback was given up"),

    /** Pages without an owner. */
    LEAKED("LU0701", Kind.MEMORY, Severity.WARNING, "a provider left handover memory behind"),
    /** What was to be freed could not be. */
    NOT_FREED("LU0702", Kind.MEMORY, Severity.WARNING, "handover memory could not be freed"),
    /** By an operator. */
    DISCARDED("LU0711", Kind.DISCARD, Severity.WARNING, "preserved state was given up"),

    /** By Configuration Admin. */
    CONFIGURED("LU0801", Kind.CONFIGURATION, Severity.INFO, "the configuration was changed"),
    /** The one before stays. */
    CONFIGURATION_REFUSED("LU0802", Kind.CONFIGURATION, Severity.WARNING, "a configuration was refused"),
    /** Not while the core runs. */
    NEEDS_RESTART("LU0803", Kind.CONFIGURATION, Severity.WARNING, "a setting takes effect when the core starts again");

    /** What an event is about. */
    public enum Kind {
        /** The core starts. */
        START,
        /** State goes to another generation. */
        UPDATE,
        /** The framework or the core stops. */
        STOP,
        /** An owner leaves. */
        DETACH,
        /** An owner did not leave in time. */
        REVOKE,
        /** An owner comes. */
        ATTACH,
        /** A bundle is replaced. */
        SWAP,
        /** A bundle is unloaded. */
        UNLOAD,
        /** A provider is called. */
        CALLBACK,
        /** Handover memory. */
        MEMORY,
        /** An operator gives something up. */
        DISCARD,
        /** Settings. */
        CONFIGURATION
    }

    /** Whether somebody has to look. */
    public enum Severity {
        /** Nothing is wrong, or whoever asked has been told. */
        INFO,
        /** Something is wrong, and nobody else is told. */
        WARNING
    }

    private final String id;
    private final Kind kind;
    private final Severity severity;
    private final String meaning;

    EventId(String id, Kind kind, Severity severity, String meaning) {
        this.id = id;
        this.kind = kind;
        this.severity = severity;
        this.meaning = meaning;
    }

    /**
     * What it is about.
     *
     * @return never null
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether somebody has to look.
     *
     * @return never null
     */
    public Severity severity() {
        return severity;
    }

    /**
     * What it says, for the table of events.
     *
     * @return never null
     */
    public String meaning() {
        return meaning;
    }

    /** The id, such as {@code LU0101}. */
    @Override
    public String toString() {
        return id;
    }
}
