package org.liveupdate.providers.api.support;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.memory.Seal;

/**
 * Who keeps a file, and what may be done with it.
 *
 * <p>A file is kept by its user until {@link #close}, by a session from {@link #hold} to {@link #release}, by every pin
 * until that is closed, and by every visit under way. The last of them to let go frees the storage. In between the handler
 * forbids things:
 *
 * <pre>
 *   fixSize   (preserve)               growing and shrinking are EPERM, until release; so from the start if retrieved
 *   freeze    (freeze)                 every change is EBUSY, until unfreeze or release
 *   leave     (detach)                 everything is ENODEV, for good; the storage is not freed
 * </pre>
 *
 * Seals, which users add, and pins forbid more.
 *
 * <p>Thread safe. One lock guards all of it, the storage included: shared to look, exclusive to change. It is not held
 * while a visitor or anybody else's code runs.
 */
public final class Custody {

    private final String name;
    private final Storage storage;
    private final Unfreed unfreed;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean open = true;
    private int holders;
    private int visits;
    private final Seals seals = new Seals();
    private final Set<PinnedRange> pins = new HashSet<>();
    private boolean sizeFixed;
    private boolean frozen;
    private boolean left;
    private boolean freed;

    /**
     * A file that its user keeps.
     *
     * @param name of the file, for messages
     * @param storage freed by the last keeper
     * @param unfreed where it waits if that has to wait
     */
    public Custody(String name, Storage storage, Unfreed unfreed) {
        this.name = name;
        this.storage = storage;
        this.unfreed = unfreed;
    }

    /**
     * A file that a handler retrieves for a session: its size is fixed. Until {@link #hold} nothing is freed.
     *
     * @param name of the file, for messages
     * @param storage freed by the last keeper
     * @param unfreed where it waits if that has to wait
     * @param open whether a user keeps the file, too; false if he closed it while another provider served it
     */
    public static Custody retrieved(String name, Storage storage, Unfreed unfreed, boolean open) {
        Custody custody = new Custody(name, storage, unfreed);
        custody.open = open;
        custody.sizeFixed = true;
        storage.fixed(true);
        return custody;
    }

    /** The seals that a retrieved file had before. */
    public void restoreSeals(Set<Seal> had) {
        lock.writeLock().lock();
        try {
            seals.restore(had);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The seals, also of a file that its user has closed; a copy. */
    public Set<Seal> seals() {
        lock.readLock().lock();
        try {
            return seals.copy();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A session keeps the file, too. */
    public void hold() {
        change(() -> holders++);
    }

    /** The session lets go: what was fixed or frozen for it no longer is. */
    public void release() {
        change(() -> {
            holders--;
            sizeFixed = false;
            frozen = false;
            updateWhereDevicesWrite();
            storage.fixed(false);
        });
    }

    /** The user lets go; again is legal. */
    void close() {
        change(() -> open = false);
    }

    /**
     * Fixes the size; a change of size under way has ended when this returns.
     *
     * @throws LiveUpdateException {@code EBADF} if the user has closed the file; {@code ENODEV} if the provider has left
     */
    public void fixSize() throws LiveUpdateException {
        lock.writeLock().lock();
        try {
            if (!open || left) {
                throw new LiveUpdateException(open ? Errno.ENODEV : Errno.EBADF, unusable());
            }
            sizeFixed = true;
            storage.fixed(true);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Forbids every change; a change under way has ended when this returns. */
    public void freeze() {
        change(() -> frozen = true);
    }

    /** Takes {@link #freeze} back. */
    public void unfreeze() {
        change(() -> frozen = false);
    }

    /**
     * The provider leaves, the preserved bytes stay where they are. What is under way has ended when this returns, except
     * for visitors, who get no further piece.
     *
     * @return whether the user keeps the file: he goes on keeping it when another provider retrieves it
     */
    public boolean leave() {
        lock.writeLock().lock();
        try {
            left = true;
            storage.leave();
            return open;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Something that is done to the storage. */
    @FunctionalInterface
    public interface Access<T> {

        /** Called once, with the lock held: it must not call anybody else. */
        T on(Storage storage) throws ByteFileException;
    }

    /**
     * Looks at an open file, together with others.
     *
     * @throws ByteFileException {@code EBADF} the user has closed it; {@code ENODEV} its provider has left; or what the access
     *         throws
     */
    public <T> T shared(Access<T> access) throws ByteFileException {
        return locked(lock.readLock(), access);
    }

    /**
     * Does something to an open file, alone: moving the position, for example.
     *
     * @throws ByteFileException as {@link #shared}
     */
    public <T> T exclusive(Access<T> access) throws ByteFileException {
        return locked(lock.writeLock(), access);
    }

    private <T> T locked(Lock mode, Access<T> access) throws ByteFileException {
        mode.lock();
        try {
            checkUsable();
            return access.on(storage);
        } catch (KhoException e) {
            throw KhoErrno.io(e);
        } finally {
            mode.unlock();
        }
    }

    /** Inside {@link #exclusive}: may the bytes change? */
    void checkWritable() throws ByteFileException {
        seals.checkWritable(describe());
        checkNotFrozen();
    }

    /** Inside {@link #exclusive}: may the file get another size? */
    void checkResizable(long newSize) throws ByteFileException {
        seals.checkSize(storage.size(), newSize, describe());
        checkNotFrozen();
        if (sizeFixed) {
            throw new ByteFileException(Errno.EPERM, describe() + " is preserved: its size stays " + storage.size()
                    + " bytes until the session lets go of it");
        }
        if (newSize < storage.size()) {
            checkUnused(newSize);
        }
    }

    private void checkNotFrozen() throws ByteFileException {
        if (frozen) {
            throw new ByteFileException(Errno.EBUSY, describe() + " is frozen for a live update");
        }
    }

    private void checkUnused(long newSize) throws ByteFileException {
        if (visits > 0) {
            throw new ByteFileException(Errno.EBUSY, describe() + " is being visited and cannot be shortened");
        }
        long pinned = pins.stream().mapToLong(PinnedRange::end).max().orElse(0);
        if (pinned > newSize) {
            throw new ByteFileException(Errno.EBUSY, describe() + " is pinned up to byte " + pinned
                    + " and cannot be shortened to " + newSize + ": unmap it first");
        }
    }

    /** Adds seals for the user. */
    void addSeals(Set<Seal> added) throws ByteFileException {
        exclusive(bytes -> {
            checkNotFrozen();
            seals.add(added, !pins.isEmpty(), describe());
            return null;
        });
    }

    /** Keeps a range in place until the pin is closed. */
    Pin pin(long offset, long length) throws ByteFileException {
        return exclusive(bytes -> {
            if (offset < 0 || length < 1 || length > bytes.size() - offset) {
                throw new ByteFileException(Errno.EINVAL, describe() + ": expected a range inside its " + bytes.size()
                        + " bytes to be pinned, found " + length + " bytes from " + offset + " on");
            }
            PinnedRange pin = new PinnedRange(bytes.extents(offset, length), this::unpin);
            pins.add(pin);
            try {
                tellWhereDevicesWrite();
            } catch (KhoException e) {
                pins.remove(pin);
                throw e;
            }
            return pin;
        });
    }

    private void unpin(PinnedRange pin) {
        change(() -> {
            if (pins.remove(pin) && !sizeFixed) {
                updateWhereDevicesWrite();
            }
        });
    }

    /** Not while the file is preserved: who pinned it may have left without its devices. */
    private void updateWhereDevicesWrite() {
        try {
            if (!left) {
                tellWhereDevicesWrite();
            }
        } catch (KhoException e) {
            // frozen: the range goes without a checksum into one more image
            return;
        }
    }

    private void tellWhereDevicesWrite() {
        if (!seals.copy().contains(Seal.WRITE)) {
            storage.writtenByDevices(pins.stream().flatMap(pin -> pin.extents().stream()).toList());
        }
    }

    /** Starts a visit: nothing is freed until {@link #visited()}. */
    Storage.View visit() throws ByteFileException {
        return exclusive(bytes -> {
            Storage.View view = bytes.view();
            visits++;
            return view;
        });
    }

    /** Ends a visit. */
    void visited() {
        change(() -> visits--);
    }

    private void change(Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
            if (!open && holders <= 0 && visits == 0 && pins.isEmpty() && !left && !freed) {
                freed = true;
                unfreed.free(storage);
            }
        } finally {
            lock.writeLock().unlock();
        }
        unfreed.retry();
    }

    private void checkUsable() throws ByteFileException {
        if (!open || left) {
            throw new ByteFileException(open ? Errno.ENODEV : Errno.EBADF, unusable());
        }
    }

    private String unusable() {
        return open
                ? "the provider that served " + describe() + " has left; open the file again in its session"
                : describe() + " is closed";
    }

    private String describe() {
        return "file \"" + name + '"';
    }
}
