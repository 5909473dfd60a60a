package org.liveupdate.kho;

import java.util.Objects;

/**
 * An operation on handover memory was refused; nothing was touched. The message carries the address, the owner, the
 * path and what to do about it, as far as they apply.
 */
public final class KhoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why an operation was refused. */
    public enum Reason {
        /** The limit of the memory is reached, or its file system has no room. */
        NO_MEMORY,
        /** No preserved block of this scope starts at the address. */
        NOT_PRESERVED,
        /** No ordinary block of this pool starts at the address, or the view of a block has ended. */
        NOT_ALLOCATED,
        /** The contents of a block are not what its checksum in the image says. */
        CORRUPT,
        /** The present owner of the scope has the block already. */
        ALREADY_RESTORED,
        /** The access does not lie within the view. */
        OUT_OF_BOUNDS,
        /** It is not allowed now: inside retrieve, or by a callback that was given up. */
        REFUSED,
        /** The memory is frozen for a live update; it may be thawed again. */
        FROZEN,
        /** A successor owns the memory now, for good. */
        FENCED,
        /** An argument, or the state of the object, makes no sense of the call. */
        INVALID
    }

    private final Reason reason;

    /** An exception with a whole sentence as message. */
    public KhoException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** An exception with a whole sentence as message and, possibly null, the cause. */
    public KhoException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why; never null. */
    public Reason reason() {
        return reason;
    }
}
