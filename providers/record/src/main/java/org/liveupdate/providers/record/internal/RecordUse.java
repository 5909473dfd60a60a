package org.liveupdate.providers.record.internal;

import java.util.Objects;
import java.util.Optional;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.record.Contents;
import org.liveupdate.providers.api.record.OpenRecord;
import org.liveupdate.providers.api.record.Saver;

/** A record as one bundle has it open. */
final class RecordUse implements OpenRecord {

    /** Another one after the provider has left and come back; written with this locked. */
    private volatile RecordFile file;
    private final String by;
    private volatile Saver saver;

    RecordUse(RecordFile file, String by) {
        this.file = file;
        this.by = by;
    }

    /** Who has it open. */
    String by() {
        return by;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public Optional<Contents> read() throws LiveUpdateException {
        return file.read(this);
    }

    @Override
    public void write(Contents contents) throws LiveUpdateException {
        file.write(this, Objects.requireNonNull(contents, "contents"));
    }

    @Override
    public void saveWith(Saver next) throws LiveUpdateException {
        file.checkUsable(this);
        saver = next;
    }

    /** Asks the user for contents, if he wants to be asked; too late does nothing. */
    void save() throws LiveUpdateException {
        Saver present = saver;
        if (present != null) {
            file.save(this, ask(present));
        }
    }

    private Contents ask(Saver present) throws LiveUpdateException {
        try {
            return Objects.requireNonNull(present.save(), "contents");
        } catch (LiveUpdateException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw new LiveUpdateException(Errno.EIO, file + ": " + by + " did not say what it is to contain: " + e);
        }
    }

    @Override
    public void close() throws LiveUpdateException {
        if (!isClosed()) {
            try {
                save();
            } finally {
                abandon();
            }
        }
    }

    boolean isClosed() {
        return !file.isUsedBy(this);
    }

    /** Ends the use without asking. */
    synchronized void abandon() {
        file.close(this);
    }

    /** The same record is another file now; does nothing if this was closed. */
    synchronized void move(RecordFile next) {
        if (!isClosed()) {
            RecordFile old = file;
            next.adopt(this);
            file = next;
            old.close(this);
        }
    }
}
