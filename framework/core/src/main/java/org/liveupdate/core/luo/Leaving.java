package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.liveupdate.api.Callback;
import org.liveupdate.core.image.ImageModel;
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

    /** Detaches retrieved files, newest first, then live FLBs. All sessions' turns are this thread's. */
    void detachIncoming() {
        for (IncomingSession session : sessions()) {
            List<IncomingFile> files = session.oldestFirst();
            for (int i = files.size() - 1; i >= 0; i--) {
                if (files.get(i).file != null) {
                    detach(session, files.get(i));
                }
            }
        }
        entries().forEach(this::detach);
    }

    private List<IncomingSession> sessions() {
        core.lock().lock();
        try {
            return List.copyOf(core.sessions().incomingLocked());
        } finally {
            core.lock().unlock();
        }
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
        core.callbacks().run(file.handler, Callback.DETACH,
                () -> file.handler.handler().detach(context, file.file, file.data, null));
        file.scope = context.succeeded();
    }

    private void detach(IncomingFlb entry) {
        FlbRuntime owner = entry.owner;
        FlbContextImpl context = FlbContextImpl.incoming(core, owner, entry, Freeing.REFUSED);
        core.callbacks().run(owner, Callback.DETACH, () -> owner.flb().detach(context, entry.data, entry.object));
        context.succeeded();
    }

    /**
     * Adds the unfinished incoming side to an image. A name that both sides have can stand for one of them only: the
     * incoming one goes along, which nobody else has, and what is left behind is reported. The core lock is held.
     */
    ImageModel withIncomingLocked(ImageModel outgoing) {
        List<ImageModel.FlbEntry> flbs = new ArrayList<>();
        List<ImageModel.SessionEntry> sessions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<IncomingFlb[], List<String>> lists = new IdentityHashMap<>();
        for (IncomingFlb entry : core.incoming().entriesLocked()) {
            if (entry.files > 0) {
                names.add(entry.name);
                flbs.add(
                        new ImageModel.FlbEntry(entry.name, entry.data, entry.files, entry.scopeId, entry.preservedBy));
            }
        }
        for (IncomingSession session : core.sessions().incomingLocked()) {
            if (session.size() > 0) {
                sessions.add(entry(session, lists));
            }
        }
        addOutgoing(outgoing, flbs, names, sessions);
        return new ImageModel(outgoing.number(), flbs, sessions);
    }

    private static ImageModel.SessionEntry entry(IncomingSession session, Map<IncomingFlb[], List<String>> lists) {
        List<ImageModel.FileEntry> files = new ArrayList<>();
        for (IncomingFile file : session.oldestFirst()) {
            List<String> flbs = lists.computeIfAbsent(file.flbs, Leaving::names);
            files.add(new ImageModel.FileEntry(file.compatible, file.data, file.token, flbs, file.scopeId,
                    file.preservedBy));
        }
        return new ImageModel.SessionEntry(session.name(), files);
    }

    private static List<String> names(IncomingFlb[] flbs) {
        List<String> names = new ArrayList<>();
        for (IncomingFlb flb : flbs) {
            names.add(flb.name);
        }
        return names;
    }

    private void addOutgoing(ImageModel outgoing, List<ImageModel.FlbEntry> flbs, Set<String> incomingFlbs,
            List<ImageModel.SessionEntry> sessions) {
        Set<String> taken = new HashSet<>();
        sessions.forEach(session -> taken.add(session.name()));
        boolean clash = outgoing.flbs().stream().anyMatch(flb -> incomingFlbs.contains(flb.name()))
                || outgoing.sessions().stream().anyMatch(session -> taken.contains(session.name()));
        if (clash) {
            core.journal().warn("the outgoing sessions " + outgoing.sessions().stream()
                    .map(ImageModel.SessionEntry::name).toList()
                    + " are lost at this stop: incoming sessions that nobody has finished have the same names, or depend "
                    + "on the same FLBs; finish incoming sessions before new ones are filled");
            return;
        }
        flbs.addAll(outgoing.flbs());
        sessions.addAll(outgoing.sessions());
    }
}
