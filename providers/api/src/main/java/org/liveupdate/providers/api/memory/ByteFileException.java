package org.liveupdate.providers.api.memory;

import java.io.IOException;
import java.util.Objects;
import org.liveupdate.api.Errno;

/** An operation on a {@link ByteFile} failed: the error number, and a sentence for a person. */
public final class ByteFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * A failure with its reason.
     *
     * @param errno why, not null
     * @param message which file, what was refused, and what to do; not null
     */
    public ByteFileException(Errno errno, String message) {
        super(Objects.requireNonNull(errno, "errno") + ": " + Objects.requireNonNull(message, "message"));
        this.errno = errno;
    }

    /** Why; never null. */
    public Errno errno() {
        return errno;
    }
}
