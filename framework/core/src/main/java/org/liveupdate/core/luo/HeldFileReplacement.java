package org.liveupdate.core.luo;

import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.EventId;

/** A preserved file in a swap; its session's turn is the swapping thread's. */
final class HeldFileReplacement implements Replacement {
    private final Orchestrator core;
    private final OutgoingSession session;
    private final HeldFile file;
    private final HandlerRuntime old;
    private final HandlerRuntime next;

    HeldFileReplacement(Orchestrator core, OutgoingSession session, HeldFile file, HandlerRuntime next) {
        this.core = core;
        this.session = session;
        this.file = file;
        this.old = file.handler();
        this.next = next;
    }

    @Override
    public void detach() {
        core.detaching().detach(session, file, () -> true);
    }

    @Override
    public void attach() throws LiveUpdateException {
        attach(next);
    }

    private void attach(HandlerRuntime handler) throws LiveUpdateException {
        LiveUpdateException failure = core.attaching().attach(session, file, handler);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void back() {
        if (!file.isDetached()) {
            detach();
        }
        try {
            attach(old);
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
