package org.liveupdate.core.luo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.luo.model.Op;
import org.liveupdate.core.luo.model.World;

/** The real orchestrator under random operations: says in the words of the model what it answers and where it stands. */
final class ModelSubject {
    private static final Settings SETTINGS = Settings.DEFAULT.withFlbLimit(World.LIMIT)
            .withOwnership(Ownership.ANY);

    private Generation generation = Generation.first(SETTINGS);
    private final List<FlbRuntime> flbs = new ArrayList<>();
    private final List<HandlerRuntime> handlers = new ArrayList<>();
    private final List<MockFile> files = new ArrayList<>();
    private final List<FlbHandle<String>> handles = new ArrayList<>();

    ModelSubject() {
        for (int i = 0; i < World.FILES.size(); i++) {
            files.add(new MockFile(World.FILES.get(i), i));
        }
        define();
    }

    /** New objects of all providers. */
    private void define() {
        flbs.clear();
        handlers.clear();
        handles.clear();
        for (int i = 0; i < World.FLBS.size(); i++) {
            flbs.add(generation.flb(World.FLBS.get(i), World.flbModule(i)));
        }
        for (int i = 0; i < World.HANDLERS.size(); i++) {
            String name = World.HANDLERS.get(i);
            handlers.add(new HandlerRuntime(name, new MockHandler(name, generation.calls),
                    generation.module(World.handlerModule(i))));
        }
    }

    String run(Op op) throws IOException {
        try {
            return apply(op);
        } catch (LiveUpdateException e) {
            return e.errno().name();
        }
    }

    private String apply(Op op) throws LiveUpdateException, IOException {
        Orchestrator core = generation.core;
        HandlerRuntime handler = World.pick(handlers, op.a());
        String session = World.pick(World.SESSIONS, op.a());
        String name = World.pick(World.FLBS, op.a());
        switch (op.kind()) {
            case REGISTER -> core.registry().register(handler);
            case UNREGISTER -> core.registry().unregister(handler);
            case LINK -> core.registry().link(handler, World.pick(flbs, op.b()));
            case UNLINK -> core.registry().unlink(handler, World.pick(flbs, op.b()));
            case CREATE -> core.agents().createSession(session);
            case TAKE -> core.agents().retrieveSession(session);
            case OPEN -> handles.add(generation.get(name, op.b() % 2 == 0 ? Side.OUTGOING : Side.INCOMING));
            case DISCARD -> core.agents().discard(name);
            case FAIL -> arm(World.pick(World.FAILING, op.a() * 7 + op.b()));
            case MODULE ->
                core.owners().moduleState(module(op.a()), op.b() % 2 == 1 ? Module.State.GOING : Module.State.LIVE);
            case FREEZE -> {
                core.handover().freeze();
                core.handover().unfreeze();
            }
            case REBOOT -> {
                generation = generation.kexec();
                define();
            }
            case CLOSE_HANDLE -> {
                if (handles.isEmpty()) {
                    return "NA";
                }
                handles.remove(op.a() % handles.size()).close();
            }
            case PRESERVE, CLOSE -> {
                return core.agents().sessionNames(Side.OUTGOING).contains(session) ? outgoing(op, session) : "NA";
            }
            default -> {
                IncomingSession taken = taken(session);
                return taken == null ? "NA" : incoming(op, taken);
            }
        }
        return "OK";
    }

    private void arm(String call) {
        if (call.endsWith("can_finish")) {
            generation.calls.refuse(call);
        } else {
            generation.calls.fail(call, Errno.EHWPOISON);
        }
    }

    private Module module(int number) {
        int count = World.FLBS.size();
        return generation.module(number < count ? World.flbModule(number)
                : World.handlerModule((number - count) % World.HANDLERS.size()));
    }

    private String outgoing(Op op, String name) throws LiveUpdateException {
        SessionState session = generation.core.agents().openSession(name);
        if (op.kind() == Op.Kind.PRESERVE) {
            generation.core.agents().preserve(session, op.token(), files.get(op.c() % files.size()));
        } else {
            generation.core.agents().close(session);
        }
        return "OK";
    }

    private IncomingSession taken(String name) {
        return generation.core.sessions().incomingLocked().stream()
                .filter(session -> session.name().equals(name) && session.retrieved()).findFirst().orElse(null);
    }

    private String incoming(Op op, IncomingSession session) throws LiveUpdateException {
        switch (op.kind()) {
            case RETRIEVE -> {
                boolean first = session.file(op.token()) != null && session.file(op.token()).file == null;
                MockFile file = (MockFile) generation.core.agents().retrieve(session, op.token());
                if (first) {
                    files.add(file);
                }
            }
            case FINISH -> generation.core.agents().finish(session);
            case CLOSE_INCOMING -> {
                var refusal = generation.core.agents().close(session);
                if (refusal.isPresent()) {
                    throw refusal.get();
                }
            }
            default -> throw new IllegalArgumentException(op.toString());
        }
        return "OK";
    }

    List<String> takeCalls() {
        return generation.calls.take();
    }

    /** In the same words as the model. */
    String state() {
        StringBuilder text = new StringBuilder(512);
        printFlbs(text);
        printHandlers(text);
        for (OutgoingSession session : generation.core.sessions().outgoingLocked()) {
            text.append("outgoing ").append(session.name()).append(':');
            for (HeldFile held : session.oldestFirst()) {
                text.append(' ').append(held.token).append('=').append(held.file());
            }
            text.append('\n');
        }
        for (IncomingSession session : generation.core.sessions().incomingLocked()) {
            text.append("incoming ").append(session.name()).append(session.retrieved() ? " taken:" : ":");
            session.oldestFirst().forEach(file -> print(file, text));
            text.append('\n');
        }
        return text.append("open handles ").append(handles.size()).append('\n').toString();
    }

    private void printFlbs(StringBuilder text) {
        for (int i = 0; i < flbs.size(); i++) {
            FlbRuntime flb = flbs.get(i);
            text.append("flb ").append(i).append(": ").append(flb.links).append(" links, ").append(flb.outgoing.state)
                    .append(", ").append(flb.outgoing.files).append(" files, ").append(flb.handles(Side.OUTGOING))
                    .append(" handles, ").append(generation.core.owners().references(flb.module()))
                    .append(" references\n");
        }
        for (IncomingFlb entry : generation.core.incoming().entriesLocked()) {
            text.append("entry ").append(entry.name).append(": ").append(entry.state).append(", ").append(entry.files)
                    .append(" files, ").append(entry.handles()).append(" handles\n");
        }
    }

    private void printHandlers(StringBuilder text) {
        for (int i = 0; i < handlers.size(); i++) {
            HandlerRuntime handler = handlers.get(i);
            text.append("handler ").append(i).append(": place ")
                    .append(generation.core.registry().handlers().indexOf(handler)).append(", linked to");
            for (FlbRuntime flb : handler.links()) {
                text.append(' ').append(flbs.indexOf(flb));
            }
            text.append(", ").append(handler.files()).append(" files, ")
                    .append(generation.core.owners().references(handler.module())).append(" references\n");
        }
    }

    private static void print(IncomingFile file, StringBuilder text) {
        String retrieved = file.failure != null ? " " + file.failure.errno() : file.file != null ? " OK" : "";
        text.append(' ').append(file.token).append(file.handler == null ? " waits" : " known").append(retrieved)
                .append(',');
    }
}
