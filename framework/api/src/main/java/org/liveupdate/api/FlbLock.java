package org.liveupdate.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A handle that holds the lock of its FLB exclusively, until it is closed by the thread that took it. Plain handles are
 * not excluded; use locks where several bundles change the object.
 *
 * @param <T>
 *            the object's type
 */
@ProviderType
public interface FlbLock<T> extends FlbHandle<T> {
    /**
     * Puts another object in the place of the live one. Closing never does: it only validates.
     *
     * @param object
     *            the new object, may be null
     * @throws LiveUpdateException
     *             {@code EBADF} after close; {@code EPERM} in another thread than the one that locked; {@code ENODEV} if
     *             the lock was broken because the owner left
     */
    void replace(T object) throws LiveUpdateException;
}
