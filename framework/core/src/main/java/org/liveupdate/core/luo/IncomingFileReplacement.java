package org.liveupdate.core.luo;

import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.EventId;

/** A file that was handed over, and that a handler knows or has retrieved, in a swap; its session's turn is taken. */
final class IncomingFileReplacement implements Replacement {
    private final Orchestrator core;
    private final IncomingSession session;
    private final IncomingFile file;
    private final HandlerRuntime old;
    private final HandlerRuntime next;
    private final String preservedBy;

    IncomingFileReplacement(Orchestrator core, IncomingSession session, IncomingFile file, HandlerRuntime next) {
        this.core = core;
        this.session = session;
        this.file = file;
        this.old = file.handler;
        this.next = next;
        this.preservedBy = file.preservedBy;
    }

    @Override
    public void detach() {
        core.detaching().detach(session, file, () -> true);
    }

    @Override
    public void attach() throws LiveUpdateException {
        attach(next, next.module().owner());
    }

    private void attach(HandlerRuntime handler, String owner) throws LiveUpdateException {
        core.lock().lock();
        try {
            file.preservedBy = owner;
            core.sessions().bindLocked(file, handler);
        } finally {
            core.lock().unlock();
        }
        if (file.detached) {
            core.retrieving().callRetrieve(session, file);
        }
    }

    @Override
    public void back() {
        if (file.handler != null) {
            detach();
        }
        try {
            attach(old, preservedBy);
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.SWAP_NOT_UNDONE, session, e.errno(), "after a swap that failed, file "
                    + file.token + " of " + session + " stays detached: " + e.getMessage());
        }
    }

    @Override
    public void commitLocked() {
        // attaching has made the new handler the owner
    }
}
