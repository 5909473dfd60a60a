package org.liveupdate.testkit;

import java.util.concurrent.atomic.AtomicLong;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.kho.Block;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/** The file handler of the sample provider, as it should be. The data is the address of a block with that of the number. */
class NoteHandler implements FileHandler<Note> {
    static final String COMPATIBLE = "note-v1";

    private static final int BYTES = 8;

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof Note;
    }

    @Override
    public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
        Region record = context.memory().allocPreserve(BYTES);
        Region number = context.memory().allocPreserve(BYTES);
        record.putLong(0, number.address());
        number.putInt(0, note.number());
        try (FlbHandle<AtomicLong> notes = context.getOutgoing(NoteFlb.KEY)) {
            notes.get().incrementAndGet();
        }
        return new Preserved<>(record.address(), null);
    }

    @Override
    public void unpreserve(FileContext context, Note note, long data, Object object) {
        Scope scope = memory(context);
        scope.blocks().stream().map(Block::address).forEach(scope::unpreserveFree);
        try (FlbHandle<AtomicLong> notes = context.getOutgoing(NoteFlb.KEY)) {
            notes.get().decrementAndGet();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long freeze(FileContext context, Note note, long data, Object object) throws LiveUpdateException {
        write(context, note, data);
        note.fix(true);
        return data;
    }

    @Override
    public void unfreeze(FileContext context, Note note, long data, Object object) {
        note.fix(false);
    }

    @Override
    public Note retrieve(FileContext context, long data) throws LiveUpdateException {
        Region record = context.memory().restore(data);
        return new Note(context.memory().restore(record.getLong(0)).getInt(0));
    }

    @Override
    public void finish(FileContext context, Note note, long data, RetrieveStatus status) {
        Scope scope = memory(context);
        scope.blocks().stream().map(Block::address).forEach(scope::restoreFree);
    }

    @Override
    public void detach(FileContext context, Note note, long data, Object object) {
        write(context, note, data);
    }

    @Override
    public void hold(Note note) {
        note.hold(true);
    }

    @Override
    public void release(Note note) {
        note.hold(false);
    }

    /** Where the number is. */
    static Region body(FileContext context, long data) {
        return memory(context).region(memory(context).region(data).getLong(0));
    }

    static void write(FileContext context, Note note, long data) {
        body(context, data).putInt(0, note.number());
    }

    static Scope memory(FileContext context) {
        try {
            return context.memory();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }
}
