package org.liveupdate.kho;

/**
 * What can be configured about handover memory.
 *
 * @param limitBytes how far the memory file may grow, in bytes; at least 8192 and at most 8 TiB, rounded down to whole
 *        pages. The file is sparse: the limit reserves nothing.
 * @param verifiedAtOnceBytes how many bytes of inherited blocks are verified in each scope while whoever restores them
 *        waits; what is beyond is verified in the background, 0 for all
 */
public record MemoryOptions(long limitBytes, long verifiedAtOnceBytes) {

    /** The default limit: 64 GiB. */
    public static final long DEFAULT_LIMIT_BYTES = 64L << 30;

    /** The default for what is verified at once: 4 MiB, a millisecond or two. */
    public static final long DEFAULT_VERIFIED_AT_ONCE_BYTES = 4L << 20;

    /** The largest limit: 8 TiB. */
    public static final long MAX_LIMIT_BYTES = 8L << 40;

    /**
     * Checks the values.
     *
     * @throws KhoException {@code INVALID} if the limit is out of range, or the other number negative
     */
    public MemoryOptions {
        if (limitBytes < 8192 || limitBytes > MAX_LIMIT_BYTES) {
            throw new KhoException(KhoException.Reason.INVALID,
                    "limit of handover memory: expected 8192 to " + MAX_LIMIT_BYTES + " bytes, found " + limitBytes);
        }
        if (verifiedAtOnceBytes < 0) {
            throw new KhoException(KhoException.Reason.INVALID,
                    "bytes to be verified at once: expected 0 or more, found " + verifiedAtOnceBytes);
        }
    }

    /** Another limit, and otherwise the defaults. */
    public MemoryOptions(long limitBytes) {
        this(limitBytes, DEFAULT_VERIFIED_AT_ONCE_BYTES);
    }

    /** The defaults. */
    public static MemoryOptions defaults() {
        return new MemoryOptions(DEFAULT_LIMIT_BYTES);
    }

    /** The same with another limit. */
    public MemoryOptions withLimitBytes(long bytes) {
        return new MemoryOptions(bytes, verifiedAtOnceBytes);
    }

    /** The same with another number of bytes that are verified at once. */
    public MemoryOptions withVerifiedAtOnceBytes(long bytes) {
        return new MemoryOptions(limitBytes, bytes);
    }
}
