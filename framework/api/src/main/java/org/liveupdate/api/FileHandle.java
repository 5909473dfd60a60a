package org.liveupdate.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A file of a session, as long as it is needed. While the handle is open nobody replaces the bundle that serves the file
 * voluntarily: a swap waits for it. Thread safe.
 *
 * @param <F>
 *            the file's type
 */
@ProviderType
public interface FileHandle<F> extends AutoCloseable {
    /**
     * The file. Do not keep it longer than the handle: after a swap another object stands for it.
     *
     * @return never null
     * @throws LiveUpdateException
     *             {@code EBADF} the handle was closed · {@code ENODEV} the bundle that serves the file has left, and nobody
     *             could stop it
     */
    F get() throws LiveUpdateException;

    /** Closes the handle; the file stays as it is. Closing twice does nothing. */
    @Override
    void close();
}
