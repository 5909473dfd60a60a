package org.liveupdate.api;

import java.util.Objects;

/**
 * A call that was refused or failed, with the error number and a sentence for a person.
 *
 * <p>
 * Carries an {@link Errno} and text only: no bundle, no service, no class of a provider and no cause, so that a
 * recorded failure keeps nothing alive.
 */
public final class LiveUpdateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * A failure with its reason.
     *
     * @param errno
     *            why, not null
     * @param message
     *            what was refused, why, and what to do; not null
     */
    public LiveUpdateException(Errno errno, String message) {
        super(Objects.requireNonNull(errno, "errno") + ": " + Objects.requireNonNull(message, "message"));
        this.errno = errno;
    }

    /**
     * Why the call failed.
     *
     * @return never null
     */
    public Errno errno() {
        return errno;
    }
}
