package org.liveupdate.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A counted reference to the live object of an FLB. While it is open the object is neither finished nor unpreserved,
 * and its bundle is not unloaded. Close it soon; those of a stopping bundle are closed for it.
 *
 * <p>
 * Thread safe. Closing twice does nothing.
 *
 * @param <T>
 *            the object's type
 */
@ProviderType
public interface FlbHandle<T> extends AutoCloseable {
    /**
     * The live object.
     *
     * @return the object; null only for an incoming FLB whose retrieve returned null
     * @throws LiveUpdateException
     *             {@code EBADF} after close; {@code ENODEV} if the owner left and this handle was revoked
     */
    T get() throws LiveUpdateException;

    /**
     * Lets go. The last one may call the FLB's finish or unpreserve, in this thread.
     *
     * @throws LiveUpdateException
     *             {@code EDEADLK} inside a callback of this FLB: the handle stays open; for an {@link FlbLock} also
     *             {@code EPERM} in another thread than the one that locked
     */
    @Override
    void close() throws LiveUpdateException;
}
