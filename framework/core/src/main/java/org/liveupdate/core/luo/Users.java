package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.liveupdate.api.Side;

/** What a bundle provides, registered or not, and who holds references on it. */
final class Users {
    /** So many tokens of a session are named. */
    private static final int NAMED = 3;

    private Users() {}

    /**
     * Who holds the references on each module, one line each. The core lock is held.
     *
     * @param flbs
     *            all that the core knows
     */
    static Map<Module, List<String>> linesLocked(Orchestrator core, Collection<FlbRuntime> flbs) {
        Map<Module, List<String>> lines = new LinkedHashMap<>();
        for (FlbRuntime flb : flbs) {
            flbLines(flb, lines.computeIfAbsent(flb.module(), key -> new ArrayList<>()));
        }
        for (OutgoingSession session : core.sessions().outgoingLocked()) {
            Map<HandlerRuntime, Tokens> held = new LinkedHashMap<>();
            for (HeldFile file : session.oldestFirst()) {
                if (!file.isDetached()) {
                    held.computeIfAbsent(file.handler(), key -> new Tokens()).add(file.token);
                }
            }
            fileLines(session, held, lines);
        }
        for (IncomingSession session : core.sessions().incomingLocked()) {
            Map<HandlerRuntime, Tokens> known = new LinkedHashMap<>();
            for (IncomingFile file : session.oldestFirst()) {
                if (file.handler != null) {
                    known.computeIfAbsent(file.handler, key -> new Tokens()).add(file.token);
                }
            }
            fileLines(session, known, lines);
        }
        return lines;
    }

    private static void flbLines(FlbRuntime flb, List<String> lines) {
        OutgoingFlb state = flb.outgoing;
        if (state.state != OutgoingFlb.State.IDLE && !state.isDetached()) {
            lines.add("flb " + flb.compatible() + " (outgoing, " + state.files + " files)");
        }
        IncomingFlb entry = flb.live;
        if (entry != null) {
            lines.add("flb " + flb.compatible() + " (incoming, " + entry.files + " files)");
        }
        for (Side side : Side.values()) {
            for (Module holder : flb.gates(side).holders()) {
                lines.add("flb " + flb.compatible() + " (an open " + side.name().toLowerCase(Locale.ROOT)
                        + " handle of " + holder + ')');
            }
        }
    }

    private static void fileLines(SessionState session, Map<HandlerRuntime, Tokens> files,
            Map<Module, List<String>> lines) {
        files.forEach((handler, tokens) -> lines.computeIfAbsent(handler.module(), key -> new ArrayList<>())
                .add(tokens + " of " + session));
    }

    /** The files of one handler in one session. */
    private static final class Tokens {
        private final List<Long> first = new ArrayList<>();
        private long count;

        void add(long token) {
            count++;
            if (first.size() < NAMED) {
                first.add(token);
            }
        }

        @Override
        public String toString() {
            return count == 1 ? "file " + first.get(0)
                    : count + " files " + first + (count > NAMED ? " and more" : "");
        }
    }

    /** Everything of a module that the core knows; the core lock is held. */
    static void ownedLocked(Orchestrator core, Module module, List<HandlerRuntime> handlers, List<FlbRuntime> flbs) {
        ownedLocked(core, owner -> owner == module, handlers, flbs);
    }

    /** The same of several modules. */
    static void ownedLocked(Orchestrator core, Predicate<Module> owners, List<HandlerRuntime> handlers,
            List<FlbRuntime> flbs) {
        Set<HandlerRuntime> found = new LinkedHashSet<>();
        core.registry().handlers().stream().filter(handler -> owners.test(handler.module())).forEach(found::add);
        for (OutgoingSession session : core.sessions().outgoingLocked()) {
            for (HeldFile file : session.oldestFirst()) {
                if (!file.handler().isGone() && owners.test(file.handler().module())) {
                    found.add(file.handler());
                }
            }
        }
        for (IncomingSession session : core.sessions().incomingLocked()) {
            for (IncomingFile file : session.oldestFirst()) {
                if (file.handler != null && owners.test(file.handler.module())) {
                    found.add(file.handler);
                }
            }
        }
        handlers.addAll(found);
        core.names().used().stream().filter(flb -> !flb.isGone() && owners.test(flb.module())).forEach(flbs::add);
    }
}
