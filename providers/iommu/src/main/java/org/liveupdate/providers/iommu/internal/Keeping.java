package org.liveupdate.providers.iommu.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Who keeps an iommufd, and what may be done with it. Its user keeps it until {@code close}, a session from {@code hold} to
 * {@code release}. Guarded by the lock of {@link Iommu}.
 */
final class Keeping {

    private final String name;
    private boolean open;
    private int holders;
    private boolean preserved;
    private boolean frozen;
    private boolean left;

    Keeping(String name, boolean open) {
        this.name = name;
        this.open = open;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether what is marked must not change: it is preserved, or the handover of it is not over. */
    boolean isPreserved() {
        return preserved;
    }

    void preserved(boolean value) {
        preserved = value;
    }

    void frozen(boolean value) {
        frozen = value;
    }

    /** Another provider serves it from now on. */
    void leave() {
        left = true;
    }

    void hold() {
        holders++;
    }

    /** Whether that was the last keeper. */
    boolean release() {
        holders--;
        preserved = false;
        frozen = false;
        return isUnkept();
    }

    /** Whether that was the last keeper. */
    boolean close() {
        boolean first = open;
        open = false;
        return first && isUnkept();
    }

    private boolean isUnkept() {
        return !open && holders == 0 && !left;
    }

    /** It can be used. */
    void checkUsable() throws LiveUpdateException {
        if (left) {
            throw new LiveUpdateException(Errno.ENODEV, "the provider that served iommufd \"" + name
                    + "\" has left; open it again in its session");
        }
        if (!open) {
            throw new LiveUpdateException(Errno.EBADF, "iommufd \"" + name + "\" is closed");
        }
    }

    /** It can be used, and changed. */
    void checkChangeable() throws LiveUpdateException {
        checkUsable();
        if (frozen) {
            throw new LiveUpdateException(Errno.EBUSY, "iommufd \"" + name + "\" is frozen for a live update");
        }
    }
}
