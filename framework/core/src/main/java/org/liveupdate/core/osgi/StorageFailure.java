package org.liveupdate.core.osgi;

import java.io.IOException;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** What the file system did not do, as an error of the contract. */
final class StorageFailure {
    private StorageFailure() {}

    /**
     * The error.
     *
     * @param what
     *            what could not be done
     * @return {@code ENOSPC} if there was no room, else {@code EIO}
     */
    static LiveUpdateException of(String what, IOException cause) {
        String text = String.valueOf(cause.getMessage());
        Errno errno = text.contains("No space left") ? Errno.ENOSPC : Errno.EIO;
        return new LiveUpdateException(errno, what + ": " + text);
    }
}
