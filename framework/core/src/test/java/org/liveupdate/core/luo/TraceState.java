package org.liveupdate.core.luo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.luo.Phases.Phase;

/** The state of an orchestrator in the words of the traces. */
final class TraceState {
    private final Orchestrator core;
    private final Set<Integer> flbNumbers;
    private final Map<Integer, FlbRuntime> flbs;
    private final Map<Integer, HandlerRuntime> handlers;
    private final Module[] modules;
    private final Map<String, TraceFile> files;
    private final Map<String, String> printed = new TreeMap<>();

    TraceState(Orchestrator core, Set<Integer> flbNumbers, Map<Integer, FlbRuntime> flbs,
            Map<Integer, HandlerRuntime> handlers, Module[] modules, Map<String, TraceFile> files) {
        this.core = core;
        this.flbNumbers = flbNumbers;
        this.flbs = flbs;
        this.handlers = handlers;
        this.modules = modules;
        this.files = files;
    }

    Map<String, String> print() {
        for (int number : flbNumbers) {
            FlbRuntime flb = flbs.get(number);
            put("f" + number, flb.links, quote(flb.outgoing.state), flb.outgoing.files, flb.handles(Side.OUTGOING),
                    quote(Long.toHexString(flb.outgoing.data)),
                    quote(text(flb.outgoing.object)));
        }
        core.incoming().entriesLocked().forEach(this::printEntry);
        handlers.forEach((number, handler) -> put("h" + number, handler.registered() ? 1 : 0,
                Arrays.stream(handler.links()).map(this::number).map(String::valueOf)
                        .collect(Collectors.joining(",", "[", "]")),
                handler.files()));
        for (int i = 0; i < modules.length; i++) {
            put("m" + i, quote(modules[i].state().name().charAt(0)), core.owners().references(modules[i]));
        }
        files.values().stream().filter(file -> file.references() > 0)
                .forEach(file -> printed.put("x" + file.name, String.valueOf(file.references())));
        printSessions();
        return printed;
    }

    private void printEntry(IncomingFlb entry) {
        String state = entry.state == IncomingFlb.State.FAILED ? "FAILED " + entry.failure : entry.state.name();
        put("i:" + entry.name, quote(state), entry.files, entry.handles(), quote(Long.toHexString(entry.data)),
                quote(text(entry.object)), quote(entry.owner == null ? "-" : "f" + number(entry.owner)));
    }

    private int number(FlbRuntime flb) {
        try {
            return ((TraceFlb) (Object) flb.flb()).number;
        } catch (LiveUpdateException e) {
            throw new AssertionError(e);
        }
    }

    private void printSessions() {
        var outgoing = core.sessions().outgoingLocked();
        boolean opened = core.sessions().openedLocked();
        var incoming = opened ? core.sessions().incomingLocked() : List.<IncomingSession>of();
        outgoing.forEach(session -> printed.put("so:" + session.name(), String.valueOf(session.size())));
        incoming.forEach(session -> put("si:" + session.name(), session.retrieved() ? 1 : 0, session.size(),
                session.oldestFirst().stream().filter(file -> file.handler == null).count()));
        put("g", core.enabled() ? 1 : 0, core.handover().number(), core.names().used().size(),
                core.registry().handlers().size(), outgoing.size(), incoming.size(),
                core.phases().phase() == Phase.FROZEN ? 1 : 0);
    }

    private static String text(Object object) {
        return object == null ? "-" : object.toString();
    }

    private static String quote(Object text) {
        return "\"" + text + "\"";
    }

    private void put(String key, Object... values) {
        printed.put(key, Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    }
}
