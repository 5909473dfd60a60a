package org.liveupdate.api;

/**
 * What became of retrieving a file, as its finish callback is told.
 *
 * @param tried
 *            whether retrieve was called at all
 * @param errno
 *            why it failed, or null if it was not tried or succeeded
 */
public record RetrieveStatus(boolean tried, Errno errno) {
    /** Nobody asked for the file: finish gives back everything. */
    public static final RetrieveStatus NOT_TRIED = new RetrieveStatus(false, null);

    /** The file was retrieved and lives on: finish gives back only what the handover needed. */
    public static final RetrieveStatus RETRIEVED = new RetrieveStatus(true, null);

    /**
     * Retrieving failed.
     *
     * @param errno
     *            why, not null
     * @return the status
     */
    public static RetrieveStatus failed(Errno errno) {
        return new RetrieveStatus(true, java.util.Objects.requireNonNull(errno, "errno"));
    }

    /**
     * Whether the file was retrieved.
     *
     * @return true only after a successful retrieve
     */
    public boolean retrieved() {
        return tried && errno == null;
    }
}
