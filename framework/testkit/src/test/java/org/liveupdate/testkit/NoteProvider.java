package org.liveupdate.testkit;

import java.util.concurrent.atomic.AtomicLong;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;

/** The sample provider, started. */
class NoteProvider implements FileProvider<Note> {
    private final LiveUpdate liveUpdate;

    NoteProvider(LiveUpdate liveUpdate) {
        this.liveUpdate = liveUpdate;
    }

    @Override
    public Note create(int seed) {
        return new Note(seed);
    }

    @Override
    public void change(Note note, int seed) {
        note.number(1000 + seed);
    }

    @Override
    public Object state(Note note) {
        return note.number();
    }

    @Override
    public Object shared() throws LiveUpdateException {
        try (FlbHandle<AtomicLong> notes = liveUpdate.getOutgoing(NoteFlb.KEY)) {
            return notes.get().get();
        }
    }

    @Override
    public void close(Note note) {
        note.close();
    }
}
