package org.liveupdate.providers.kvm.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.memory.ByteFileException;

/**
 * Who keeps a machine, and what may be done with it: as for files of bytes, by its user until he closes it, and by a session.
 * Thread safe.
 */
final class VmCustody {

    private final String name;
    /** This and the following are guarded by this. */
    private boolean open;
    private int holders;
    private boolean left;
    private String death;
    private FileKey key;

    /**
     * A machine.
     *
     * @param open whether a user keeps it
     * @param death why it can never run again, or null
     * @param key where a session holds it, or null
     */
    VmCustody(String name, boolean open, String death, FileKey key) {
        this.name = name;
        this.open = open;
        this.death = death;
        this.key = key;
    }

    synchronized void close() {
        open = false;
    }

    synchronized void hold() {
        holders++;
    }

    /** The session lets go: of this object only, if its provider has left, and memory that leaves next asks for its place. */
    synchronized void release() {
        holders--;
        if (!left) {
            key = null;
        }
    }

    /**
     * The session preserves it.
     *
     * @throws LiveUpdateException {@code EBADF} closed; {@code ENODEV} its provider has left; {@code EINVAL} dead
     */
    synchronized void preserve(FileKey place) throws LiveUpdateException {
        if (!open || left) {
            throw new LiveUpdateException(open ? Errno.ENODEV : Errno.EBADF, unusable());
        }
        checkAlive();
        key = place;
    }

    /** Whether it may go through a live update: {@code EINVAL} if it is dead. */
    synchronized void checkAlive() throws LiveUpdateException {
        if (death != null) {
            throw new LiveUpdateException(Errno.EINVAL, describe() + " is dead and cannot be preserved: " + death);
        }
    }

    /** Where a session holds it, or null. */
    synchronized FileKey key() {
        return key;
    }

    /** Whether somebody keeps it. */
    synchronized boolean isKept() {
        return (open || holders > 0) && !left;
    }

    /** Another provider serves it from now on; returns whether its user keeps it. */
    synchronized boolean leave() {
        left = true;
        return open;
    }

    synchronized void kill(String reason) {
        if (death == null) {
            death = reason;
        }
    }

    /** Why it can never run again, or null. */
    synchronized String death() {
        return death;
    }

    /** May its user use it? */
    synchronized void checkUsable() throws ByteFileException {
        if (!open || left) {
            throw new ByteFileException(open ? Errno.ENODEV : Errno.EBADF, unusable());
        }
        if (death != null) {
            throw new ByteFileException(Errno.EIO, describe() + " is dead: " + death);
        }
    }

    /** May its attributes change? */
    synchronized void checkNotPreserved() throws ByteFileException {
        if (key != null) {
            throw new ByteFileException(Errno.EPERM, describe()
                    + " is preserved: its attributes stay as they are until the session lets go of it");
        }
    }

    private String unusable() {
        return open
                ? "the provider that served " + describe() + " has left; open the machine again in its session"
                : describe() + " is closed";
    }

    private String describe() {
        return "machine \"" + name + '"';
    }
}
