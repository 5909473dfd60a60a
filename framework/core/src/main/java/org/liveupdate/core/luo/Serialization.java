package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.Resume;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.kho.ScopeControl;

/**
 * What the next generation gets, as values. Each FLB is held by exactly the files that go along: where a callback has
 * outlasted its deadline, its file may be counted and not there. Use once, with the core lock held.
 */
final class Serialization {
    /** FLBs and sessions of one side. */
    private record Part(List<FlbEntry> flbs, List<SessionEntry> sessions) {
        boolean sharesNameWith(Part other) {
            Set<String> names = new HashSet<>();
            other.flbs.forEach(flb -> names.add(flb.name()));
            Set<String> taken = new HashSet<>();
            other.sessions.forEach(session -> taken.add(session.name()));
            return flbs.stream().anyMatch(flb -> names.contains(flb.name()))
                    || sessions.stream().anyMatch(session -> taken.contains(session.name()));
        }
    }

    private final Orchestrator core;

    Serialization(Orchestrator core) {
        this.core = core;
    }

    /** For a live update: what is preserved is incoming there. */
    ImageModel forSuccessor() {
        Part preserved = outgoing();
        return new ImageModel(core.handover().number() + 1, preserved.flbs, preserved.sessions);
    }

    /**
     * For the next start of the framework, which is like a live update to what is preserved; what was handed over and not
     * finished goes along. Where both have the same names, what is preserved stays outgoing.
     */
    ImageModel forNextStart() {
        Part preserved = outgoing();
        Part unfinished = incoming();
        long number = core.handover().number() + 1;
        if (unfinished.sharesNameWith(preserved)
                || unfinished.flbs.size() + preserved.flbs.size() > LiveUpdateConstants.LUO_FLB_MAX) {
            return withResume(number, unfinished, preserved);
        }
        List<FlbEntry> flbs = new ArrayList<>(unfinished.flbs);
        flbs.addAll(preserved.flbs);
        List<SessionEntry> sessions = new ArrayList<>(unfinished.sessions);
        sessions.addAll(preserved.sessions);
        return new ImageModel(number, flbs, sessions);
    }

    /** For the next core in this framework: each side stays what it is, and no live update has happened. */
    ImageModel forNextCore() {
        return withResume(core.handover().number(), incoming(), outgoing());
    }

    private ImageModel withResume(long number, Part unfinished, Part preserved) {
        return new ImageModel(core.handover().number() + 1, unfinished.flbs, unfinished.sessions,
                new Resume(number, preserved.flbs, preserved.sessions));
    }

    private Part outgoing() {
        FlbLists<OutgoingFlb> lists = new FlbLists<>(flb -> flb.name);
        List<SessionEntry> sessions = new ArrayList<>();
        for (OutgoingSession session : core.sessions().outgoingLocked()) {
            List<FileEntry> files = new ArrayList<>(session.size());
            for (HeldFile file : session.oldestFirst()) {
                files.add(new FileEntry(file.handler().compatible(), file.data(), file.token, lists.use(file.flbs),
                        id(file.scope()), file.handler().module().owner()));
            }
            sessions.add(new SessionEntry(session.name(), files));
        }
        List<FlbEntry> flbs = new ArrayList<>();
        for (FlbRuntime flb : core.names().used()) {
            OutgoingFlb state = flb.outgoing;
            long files = lists.files(state.name);
            if (files > 0) {
                flbs.add(new FlbEntry(state.name, state.data, files, id(state.scope), flb.module().owner()));
            }
        }
        return new Part(flbs, sessions);
    }

    private static long id(ScopeControl scope) {
        return scope == null ? 0 : scope.id();
    }

    private Part incoming() {
        FlbLists<IncomingFlb> lists = new FlbLists<>(flb -> flb.name);
        List<SessionEntry> sessions = new ArrayList<>();
        for (IncomingSession session : core.sessions().incomingLocked()) {
            if (session.size() > 0) {
                List<FileEntry> files = new ArrayList<>();
                for (IncomingFile file : session.oldestFirst()) {
                    files.add(new FileEntry(file.compatible, file.data, file.token, lists.use(file.flbs), file.scopeId,
                            file.preservedBy));
                }
                sessions.add(new SessionEntry(session.name(), files));
            }
        }
        List<FlbEntry> flbs = new ArrayList<>();
        for (IncomingFlb entry : core.incoming().entriesLocked()) {
            long files = lists.files(entry.name);
            if (files > 0) {
                flbs.add(new FlbEntry(entry.name, entry.data, files, entry.scopeId, entry.preservedBy));
            }
        }
        return new Part(flbs, sessions);
    }
}
