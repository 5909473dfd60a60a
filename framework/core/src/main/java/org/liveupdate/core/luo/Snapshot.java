package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.kho.ScopeControl;

/** Fills the part of the runtime DTO that the orchestrator knows: one consistent moment of everything but files. */
public final class Snapshot {
    private final Orchestrator core;
    private final Set<Module> modules = new LinkedHashSet<>();
    private final Set<HandlerRuntime> handlers = new LinkedHashSet<>();
    private final Set<FlbRuntime> flbs = new LinkedHashSet<>();

    private Snapshot(Orchestrator core) {
        this.core = core;
    }

    /**
     * Fills handlers, FLBs of both sides, sessions and modules.
     *
     * @param core
     *            of what
     * @param unlinked
     *            FLBs that are offered but not linked
     * @param dto
     *            where to
     */
    public static void fill(Orchestrator core, List<FlbRuntime> unlinked, RuntimeDTO dto) {
        core.lock().lock();
        try {
            new Snapshot(core).fillLocked(unlinked, dto);
        } finally {
            core.lock().unlock();
        }
    }

    private void fillLocked(List<FlbRuntime> unlinked, RuntimeDTO dto) {
        dto.enabled = core.enabled();
        dto.callbacks = RunningCallbacks.listLocked(core);
        handlers.addAll(core.registry().handlers());
        flbs.addAll(core.names().used());
        flbs.addAll(unlinked);
        dto.sessions = sessions();
        dto.incoming = core.incoming().entriesLocked().stream().map(this::incoming).toArray(IncomingFlbDTO[]::new);
        dto.flbs = flbs.stream().map(this::flb).toArray(FlbDTO[]::new);
        dto.handlers = handlers.stream().map(this::handler).toArray(HandlerDTO[]::new);
        Map<Module, List<String>> users = Users.linesLocked(core, flbs);
        modules.addAll(users.keySet());
        dto.modules = modules.stream().map(module -> module(module, users.getOrDefault(module, List.of())))
                .toArray(ModuleDTO[]::new);
    }

    private HandlerDTO handler(HandlerRuntime handler) {
        HandlerDTO dto = new HandlerDTO();
        dto.compatible = handler.compatible();
        dto.module = handler.module().toString();
        dto.registered = handler.registered();
        dto.flbs = names(handler.links());
        dto.missing = handler.missing().toArray(String[]::new);
        dto.files = handler.files();
        modules.add(handler.module());
        return dto;
    }

    private static String[] names(FlbRuntime[] flbs) {
        String[] names = new String[flbs.length];
        for (int i = 0; i < flbs.length; i++) {
            names[i] = flbs[i].compatible();
        }
        return names;
    }

    private FlbDTO flb(FlbRuntime flb) {
        FlbDTO dto = new FlbDTO();
        dto.compatible = flb.compatible();
        dto.module = flb.module().toString();
        dto.links = flb.links;
        dto.state = flb.outgoing.state.name();
        dto.files = flb.outgoing.files;
        dto.handles = flb.handles(Side.OUTGOING);
        dto.data = flb.outgoing.data;
        dto.pages = pages(flb.outgoing.scope);
        dto.preserved = flb.preserveCalls;
        dto.unpreserved = flb.unpreserveCalls;
        dto.detached = text(flb.outgoing.departure);
        modules.add(flb.module());
        return dto;
    }

    private IncomingFlbDTO incoming(IncomingFlb entry) {
        IncomingFlbDTO dto = new IncomingFlbDTO();
        dto.compatible = entry.name;
        dto.state = entry.state.name();
        dto.module = entry.owner == null ? null : entry.owner.module().toString();
        dto.owner = entry.preservedBy;
        dto.pages = pages(entry.scope);
        dto.files = entry.files;
        dto.handles = entry.handles();
        dto.data = entry.data;
        dto.retrieved = entry.retrieveCalls;
        dto.finished = entry.finishCalls;
        dto.failure = entry.failureText;
        dto.detached = text(entry.departure);
        return dto;
    }

    private SessionDTO[] sessions() {
        List<SessionDTO> dtos = new ArrayList<>();
        core.sessions().outgoingLocked().forEach(session -> dtos.add(outgoing(session)));
        core.sessions().incomingLocked().forEach(session -> dtos.add(incoming(session)));
        return dtos.toArray(SessionDTO[]::new);
    }

    private SessionDTO outgoing(OutgoingSession session) {
        SessionDTO dto = new SessionDTO();
        dto.name = session.name();
        dto.side = Side.OUTGOING.name();
        dto.open = true;
        List<FileDTO> files = new ArrayList<>();
        for (HeldFile file : session.oldestFirst()) {
            FileDTO held = file(file.token, file.handler().compatible(), file.isDetached() ? "DETACHED" : "PRESERVED",
                    names(file.flbs), file.data());
            held.pages = pages(file.scope());
            held.owner = file.handler().module().owner();
            held.module = file.isDetached() ? null : file.handler().module().toString();
            held.failure = file.isDetached() ? core.attaching().missing(session, file).getMessage() : null;
            files.add(held);
            if (!file.isDetached()) {
                handlers.add(file.handler());
            }
        }
        dto.files = files.toArray(FileDTO[]::new);
        return dto;
    }

    private SessionDTO incoming(IncomingSession session) {
        SessionDTO dto = new SessionDTO();
        dto.name = session.name();
        dto.side = Side.INCOMING.name();
        dto.open = session.retrieved();
        List<FileDTO> files = new ArrayList<>();
        for (IncomingFile file : session.oldestFirst()) {
            String[] names = new String[file.flbs.length];
            for (int i = 0; i < names.length; i++) {
                names[i] = file.flbs[i].name;
            }
            FileDTO known = file(file.token, file.compatible, file.stateName(), names, file.data);
            known.pages = pages(file.scope);
            known.owner = file.preservedBy;
            HandlerRuntime handler = file.handler;
            LiveUpdateException failure = file.failure;
            if (handler == null) {
                known.failure = core.retrieving().unbound(session, file).getMessage();
            } else {
                known.module = handler.module().toString();
                known.failure = failure == null ? null : failure.getMessage();
                handlers.add(handler);
            }
            files.add(known);
        }
        dto.files = files.toArray(FileDTO[]::new);
        return dto;
    }

    private static String[] names(OutgoingFlb[] flbs) {
        String[] names = new String[flbs.length];
        for (int i = 0; i < flbs.length; i++) {
            names[i] = flbs[i].name;
        }
        return names;
    }

    private static String text(Departure departure) {
        return departure == null ? null : departure.toString();
    }

    private static FileDTO file(long token, String compatible, String state, String[] flbs, long data) {
        FileDTO dto = new FileDTO();
        dto.token = token;
        dto.compatible = compatible;
        dto.state = state;
        dto.flbs = flbs;
        dto.data = data;
        return dto;
    }

    private static long pages(ScopeControl scope) {
        return scope == null ? 0 : scope.pages();
    }

    private ModuleDTO module(Module module, List<String> usedBy) {
        ModuleDTO dto = new ModuleDTO();
        dto.bundle = module.id();
        dto.name = module.toString();
        dto.state = module.state().name();
        dto.references = core.references().count(module, flbs);
        dto.usedBy = usedBy.toArray(String[]::new);
        return dto;
    }
}
