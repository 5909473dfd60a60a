package org.liveupdate.core.luo;

import java.util.List;
import org.liveupdate.api.Callback;
import org.liveupdate.core.luo.ContextBase.Freeing;

/**
 * What was handed over to a generation that ends before it was finished: providers write down what is only in their
 * objects, and the next generation gets it as this one did.
 */
final class Leaving {
    private final Orchestrator core;

    Leaving(Orchestrator core) {
        this.core = core;
    }

    /**
     * Detaches retrieved files, newest first, then live FLBs.
     *
     * @param sessions
     *            whose turns are this thread's; those that are not incoming are left alone
     */
    void detachIncoming(List<SessionState> sessions) {
        for (SessionState each : sessions) {
            if (each instanceof IncomingSession session) {
                List<IncomingFile> files = session.oldestFirst();
                for (int i = files.size() - 1; i >= 0; i--) {
                    if (files.get(i).file != null) {
                        detach(session, files.get(i));
                    }
                }
            }
        }
        entries().forEach(this::detach);
    }

    private List<IncomingFlb> entries() {
        core.lock().lock();
        try {
            return core.incoming().entriesLocked().stream()
                    .filter(entry -> entry.state == IncomingFlb.State.LIVE && entry.files > 0).toList();
        } finally {
            core.lock().unlock();
        }
    }

    private void detach(IncomingSession session, IncomingFile file) {
        FileContextImpl context = FileContextImpl.incoming(core, session, file, Freeing.REFUSED);
        core.callbacks().run(file.handler, session, file.token, Callback.DETACH,
                () -> file.handler.handler().detach(context, file.file, file.data, null));
        file.scope = context.succeeded();
    }

    private void detach(IncomingFlb entry) {
        FlbRuntime owner = entry.owner;
        FlbContextImpl context = FlbContextImpl.incoming(core, owner, entry, Freeing.REFUSED);
        core.callbacks().run(owner, Callback.DETACH, () -> owner.flb().detach(context, entry.data, entry.object));
        context.succeeded();
    }
}
