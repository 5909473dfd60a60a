package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What refuses a live update before anything is frozen: incoming sessions that hold unfinished files, and preserved state
 * whose provider is not there to have its last word. All methods want the core lock held.
 */
final class Blockers {
    private final Orchestrator core;

    Blockers(Orchestrator core) {
        this.core = core;
    }

    /** One sentence each, in order of creation; of many files of one handler in one session the oldest is named. */
    List<String> listLocked() {
        List<String> blockers = new ArrayList<>();
        for (IncomingSession session : core.sessions().incomingLocked()) {
            if (session.size() > 0) {
                blockers.add(session + " is unfinished; it holds " + session.size()
                        + (session.size() == 1 ? " file" : " files") + "; finish it first");
            }
        }
        for (OutgoingSession session : core.sessions().outgoingLocked()) {
            detachedFiles(session, blockers);
        }
        for (FlbRuntime flb : core.names().used()) {
            OutgoingFlb state = flb.outgoing;
            if (state.isDetached() && state.files > 0 && state.freezes) {
                blockers.add(state + " is " + state.departure);
            }
        }
        return blockers;
    }

    private void detachedFiles(OutgoingSession session, List<String> blockers) {
        Set<String> named = new HashSet<>();
        for (HeldFile file : session.oldestFirst()) {
            if (file.isDetached() && named.add(file.handler().compatible())) {
                blockers.add(core.attaching().missing(session, file).getMessage());
            }
        }
    }

    /** Sessions that somebody is changing at this moment: a live update waits for them. */
    List<String> busyLocked() {
        List<String> busy = new ArrayList<>();
        for (SessionState session : core.sessions().allLocked()) {
            Thread holder = session.turn().holder();
            if (holder != null) {
                busy.add(session + " is being changed by thread \"" + holder.getName()
                        + "\"; a live update waits for it, at most the callback deadline, and is then refused");
            }
        }
        return busy;
    }
}
