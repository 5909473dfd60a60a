package org.liveupdate.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/**
 * Providers and agent of one generation: two sessions with files of two kinds, which depend on one or two FLBs. All of
 * it has one version at a time. What is told about it is one line, so that a model can tell the same. For one thread.
 */
final class Workload {
    static final int FILES = 8;

    private static final String[] SESSIONS = {"north", "south"};
    private static final String[] KINDS = {"crate-v1", "parcel-v1"};
    private static final String[] YARDS = {"harbour-v1", "crane-v1"};

    private final LiveUpdateFactory.Instance core;
    private final LiveUpdate liveUpdate;
    private final List<CrateHandler> handlers = new ArrayList<>();
    private final List<YardFlb> yards = new ArrayList<>();
    private final List<Session> open = new ArrayList<>();

    /** Parcels need the harbour, crates need the crane, too. */
    Workload(LiveUpdateFactory.Instance core, MomentListener listener) throws LiveUpdateException {
        this.core = core;
        liveUpdate = core.agent("org.liveupdate.yard").liveUpdate();
        for (String kind : KINDS) {
            CrateHandler handler = new CrateHandler(kind, listener);
            liveUpdate.registerHandler(kind, handler);
            handlers.add(handler);
        }
        for (String name : YARDS) {
            yards.add(new YardFlb(listener));
        }
        liveUpdate.registerFlb(handlers.get(0), YARDS[0], yards.get(0));
        liveUpdate.registerFlb(handlers.get(0), YARDS[1], yards.get(1));
        liveUpdate.registerFlb(handlers.get(1), YARDS[0], yards.get(0));
    }

    String preserve(long version) throws LiveUpdateException {
        yards.forEach(yard -> yard.version(version));
        for (int i = 0; i < SESSIONS.length; i++) {
            Session session = liveUpdate.createSession(SESSIONS[i]);
            open.add(session);
            for (long token = i; token < FILES; token += SESSIONS.length) {
                session.preserve(token, Crate.of(handler(token).kind(), token, version));
            }
        }
        return "preserved";
    }

    /** The outgoing side: what there is, or what is wrong with it. */
    String outgoing() {
        RuntimeDTO state = core.runtime().getRuntimeDTO();
        for (var session : state.sessions) {
            for (var file : session.files) {
                String fault = handler(file.token).fault(file.token);
                if (!session.side.equals("OUTGOING") || fault != null) {
                    return "file " + file.token + " of " + session.side + ' ' + session.name + ' ' + fault;
                }
            }
        }
        String flbs = Arrays.stream(state.flbs).filter(flb -> flb.files > 0)
                .map(flb -> flb.compatible + ' ' + flb.files).sorted().collect(Collectors.joining(", "));
        return describe(state, Arrays.stream(state.sessions).mapToInt(session -> session.files.length).sum(), flbs);
    }

    /** Retrieves everything: the version, what there is, or what is wrong with it. */
    String retrieve() throws LiveUpdateException {
        Set<Long> versions = new TreeSet<>();
        int files = 0;
        for (String name : liveUpdate.sessions(Side.INCOMING)) {
            Session session = liveUpdate.retrieveSession(name);
            open.add(session);
            for (long token : session.tokens()) {
                versions.add(session.retrieve(token, Crate.class).version());
                files++;
            }
        }
        RuntimeDTO state = core.runtime().getRuntimeDTO();
        for (var flb : state.incoming) {
            try (var handle = liveUpdate.getIncoming(new FlbKey<>(flb.compatible, Long.class))) {
                versions.add(handle.get());
            }
        }
        String flbs = Arrays.stream(state.incoming).map(flb -> flb.compatible + ' ' + flb.files).sorted()
                .collect(Collectors.joining(", "));
        return "version " + versions + ": " + describe(state, files, flbs);
    }

    /** Finishes what was retrieved, or gives up what was preserved; tells what is left. */
    String end() throws LiveUpdateException {
        for (Session session : open) {
            session.close();
        }
        open.clear();
        RuntimeDTO state = core.runtime().getRuntimeDTO();
        boolean once = Arrays.stream(state.incoming).allMatch(flb -> flb.retrieved == 1 && flb.finished == 1);
        return describe(state, 0, once ? "each FLB finished once" : Arrays.toString(state.incoming));
    }

    private CrateHandler handler(long token) {
        return handlers.get((int) (token / SESSIONS.length % KINDS.length));
    }

    private static String describe(RuntimeDTO state, int files, String flbs) {
        return state.sessions.length + " sessions, " + files + " files, " + flbs + ", "
                + state.memory.preservedPages + " of " + state.memory.usedPages + " pages";
    }
}
