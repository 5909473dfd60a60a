package org.liveupdate.providers.record.internal;

import java.util.Optional;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.record.Contents;
import org.liveupdate.providers.api.record.Records;
import org.liveupdate.providers.api.support.KhoErrno;

/**
 * A record: the file that a session holds, used by at most one {@link RecordUse}.
 *
 * <pre>
 *   preserve, retrieve      the contents are in handover memory, until unpreserve or finish
 *   freeze                  writing is EBUSY, until unfreeze
 *   leave (detach)          everything is ENODEV, for good
 * </pre>
 *
 * Thread safe; no lock is held while the user is asked for contents.
 */
final class RecordFile {

    private final String name;
    /** Null while no session holds the record; guarded by this. */
    private RecordMemory memory;
    /** The contents while no session holds the record; guarded by this. */
    private Optional<Contents> loose;
    /** Guarded by this. */
    private boolean frozen;
    /** Guarded by this. */
    private boolean left;
    /** Who has it open, or null; guarded by this. */
    private RecordUse user;

    private RecordFile(String name, RecordMemory memory, Optional<Contents> loose) {
        this.name = name;
        this.memory = memory;
        this.loose = loose;
    }

    /** A record that no session holds yet. */
    static RecordFile of(String name, Optional<Contents> contents) {
        return new RecordFile(name, null, contents);
    }

    /** A record that a session holds. */
    static RecordFile retrieved(String name, RecordMemory memory) {
        return new RecordFile(name, memory, Optional.empty());
    }

    String name() {
        return name;
    }

    /** A session takes hold of it; returns where it is. */
    synchronized long preserve(Scope scope) throws LiveUpdateException {
        checkServed();
        RecordMemory next = RecordMemory.create(scope);
        loose.ifPresent(next::write);
        memory = next;
        return next.address();
    }

    /** The session lets go of it: its memory is about to be freed. */
    synchronized void letGo() {
        loose = memory.read();
        memory = null;
        frozen = false;
    }

    /** Asks its user for contents, and allows no others from then on. */
    void freeze() throws LiveUpdateException {
        save();
        synchronized (this) {
            frozen = true;
        }
    }

    synchronized void unfreeze() {
        frozen = false;
    }

    /** Asks its user for contents, and ends. */
    void leave() throws LiveUpdateException {
        try {
            save();
        } finally {
            synchronized (this) {
                left = true;
            }
        }
    }

    private void save() throws LiveUpdateException {
        RecordUse present = user();
        if (present != null) {
            present.save();
        }
    }

    /** Who has it open, or null. */
    synchronized RecordUse user() {
        return user;
    }

    /** It stands for a record that somebody has open. */
    synchronized void adopt(RecordUse use) {
        user = use;
    }

    /**
     * Opens it.
     *
     * @param by who, for messages
     * @throws LiveUpdateException {@code EBUSY} somebody else has it open; {@code ENODEV} the provider has left
     */
    synchronized RecordUse open(String by) throws LiveUpdateException {
        checkServed();
        if (user != null) {
            throw new LiveUpdateException(Errno.EBUSY, this + " is open in " + user.by() + ": close it there first");
        }
        user = new RecordUse(this, by);
        return user;
    }

    synchronized boolean isUsedBy(RecordUse use) {
        return user == use;
    }

    synchronized void close(RecordUse use) {
        if (user == use) {
            user = null;
        }
    }

    /** What it contains, whoever asks. */
    synchronized Optional<Contents> contents() throws LiveUpdateException {
        checkServed();
        try {
            return memory == null ? loose : memory.read();
        } catch (KhoException e) {
            throw refused(e);
        }
    }

    synchronized Optional<Contents> read(RecordUse use) throws LiveUpdateException {
        checkUsable(use);
        return contents();
    }

    synchronized void write(RecordUse use, Contents contents) throws LiveUpdateException {
        checkUsable(use);
        if (frozen) {
            throw new LiveUpdateException(Errno.EBUSY,
                    this + " is frozen for a live update: the next generation has what "
                            + "was written before");
        }
        if (contents.bytes().length > Records.MAX_BYTES) {
            throw new LiveUpdateException(Errno.EFBIG, this + " can have " + Records.MAX_BYTES + " bytes, not "
                    + contents.bytes().length + ": put them into a memfd");
        }
        try {
            memory.write(contents);
        } catch (KhoException e) {
            throw refused(e);
        }
    }

    /** As {@link #write}; does nothing where that came too late. */
    synchronized void save(RecordUse use, Contents contents) throws LiveUpdateException {
        if (isUsedBy(use) && memory != null && !left && !frozen) {
            write(use, contents);
        }
    }

    synchronized void checkUsable(RecordUse use) throws LiveUpdateException {
        checkServed();
        if (user != use) {
            throw new LiveUpdateException(Errno.EBADF, this + " was closed here");
        }
        if (memory == null) {
            throw new LiveUpdateException(Errno.EBADF,
                    this + " was removed: its session " + Records.SESSION_PREFIX + name
                            + " is closed");
        }
    }

    private void checkServed() throws LiveUpdateException {
        if (left) {
            throw new LiveUpdateException(Errno.ENODEV,
                    this + ": the provider that served it has left; open it again with "
                            + "the service of the next one");
        }
    }

    private LiveUpdateException refused(KhoException e) {
        // a scope refuses only after its owner has left
        Errno errno = e.reason() == KhoException.Reason.REFUSED ? Errno.ENODEV : KhoErrno.of(e);
        return new LiveUpdateException(errno, this + ": " + e.getMessage());
    }

    @Override
    public String toString() {
        return "record \"" + name + '"';
    }
}
