package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.core.image.FileList;
import org.liveupdate.core.image.ImageModel;

/**
 * Goes on with what an earlier core had preserved and did not hand over: sessions and FLBs are outgoing again, and
 * detached until their owners register. Use once, with the core lock held.
 */
final class Resuming {
    private final Orchestrator core;
    private final Map<String, OutgoingFlb> flbs = new HashMap<>();
    private final Map<String, Module> owners = new HashMap<>();
    /** Equal lists are one object in a model, and one array afterwards. */
    private final Map<List<String>, OutgoingFlb[]> lists = new IdentityHashMap<>();

    Resuming(Orchestrator core) {
        this.core = core;
    }

    void inheritLocked(ImageModel.Resume resume) {
        resume.flbs().forEach(this::flb);
        resume.sessions().forEach(this::session);
    }

    private void flb(ImageModel.FlbEntry entry) {
        FlbRuntime departed = FlbRuntime.departed(entry.name(), owner(entry.owner()));
        OutgoingFlb state = departed.outgoing;
        state.state = OutgoingFlb.State.DETACHED;
        state.files = entry.files();
        state.data = entry.data();
        state.scope = core.memory().resumed(entry.scope());
        state.departure = Departure.ofAll(departed.module());
        state.freezes = true; // nobody can know before its owner is there
        flbs.put(entry.name(), state);
        core.names().touch(departed);
    }

    private void session(ImageModel.SessionEntry entry) {
        FileList files = FileList.of(entry.files());
        List<HandlerRuntime> handlers = new ArrayList<>();
        List<OutgoingFlb[]> held = new ArrayList<>();
        for (FileList.Kind kind : files.kinds()) {
            handlers.add(HandlerRuntime.departed(kind.compatible(), owner(kind.owner())));
            held.add(lists.computeIfAbsent(kind.flbs(),
                    names -> names.stream().map(flbs::get).toArray(OutgoingFlb[]::new)));
        }
        OutgoingSession session = core.sessions().resumeLocked(entry.name());
        for (int i = 0; i < files.size(); i++) {
            ImageModel.FileEntry file = files.get(i);
            int kind = files.kind(i);
            session.add(new HeldFile(file.token(), handlers.get(kind), null, null, held.get(kind), file.data(), null,
                    core.memory().resumed(file.scope())));
        }
    }

    private Module owner(String name) {
        return owners.computeIfAbsent(name, key -> Module.of(key, "", -1, Module.State.GOING));
    }
}
