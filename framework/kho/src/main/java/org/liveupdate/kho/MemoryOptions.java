package org.liveupdate.kho;

/**
 * What can be configured about handover memory.
 *
 * @param limitBytes how far the memory file may grow, in bytes; at least 8192 and at most 8 TiB, rounded down to whole
 *        pages. The file is sparse: the limit reserves nothing.
 */
public record MemoryOptions(long limitBytes) {

    /** The default limit: 64 GiB. */
    public static final long DEFAULT_LIMIT_BYTES = 64L << 30;

    /** The largest limit: 8 TiB. */
    public static final long MAX_LIMIT_BYTES = 8L << 40;

    /**
     * Checks the values.
     *
     * @throws KhoException {@code INVALID} if the limit is out of range
     */
    public MemoryOptions {
        if (limitBytes < 8192 || limitBytes > MAX_LIMIT_BYTES) {
            throw new KhoException(KhoException.Reason.INVALID,
                    "limit of handover memory: expected 8192 to " + MAX_LIMIT_BYTES + " bytes, found " + limitBytes);
        }
    }

    /** The defaults. */
    public static MemoryOptions defaults() {
        return new MemoryOptions(DEFAULT_LIMIT_BYTES);
    }

    /** The same with another limit. */
    public MemoryOptions withLimitBytes(long bytes) {
        return new MemoryOptions(bytes);
    }
}
