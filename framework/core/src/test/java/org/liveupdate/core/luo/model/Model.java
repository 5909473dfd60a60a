package org.liveupdate.core.luo.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import org.liveupdate.core.luo.model.Files.File;
import org.liveupdate.core.luo.model.Flbs.Entry;
import org.liveupdate.core.luo.model.Flbs.Flb;

/**
 * What the contract says about one operation after the other, in one thread: results, callbacks in order, and state. It
 * shares no code with the core and knows no concurrency, no memory and no callback that calls back.
 */
public final class Model {
    /** An open handle: of an FLB, outgoing, or of an entry, incoming. */
    private record Open(Flb flb, Entry entry) {}

    private Providers providers = new Providers(new HashSet<>(), new ArrayList<>());
    private Flbs flbs = new Flbs(providers, null);
    private final List<File> opened = new ArrayList<>();
    private Files files = new Files(providers, flbs, opened);
    private final List<Open> handles = new ArrayList<>();

    /** A first generation. */
    public Model() {
        for (int i = 0; i < World.FILES.size(); i++) {
            opened.add(new File(World.FILES.get(i), i));
        }
    }

    /** Does it; returns OK, an errno, or NA if there is nothing to do it to. */
    public String run(Op op) {
        try {
            return apply(op);
        } catch (Refusal e) {
            return e.getMessage();
        }
    }

    private String apply(Op op) throws Refusal {
        String session = World.pick(World.SESSIONS, op.a());
        String name = World.pick(World.FLBS, op.a());
        switch (op.kind()) {
            case REGISTER -> files.register(World.pick(files.all, op.a()));
            case UNREGISTER -> files.unregister(World.pick(files.all, op.a()));
            case LINK -> files.link(World.pick(files.all, op.a()), World.pick(flbs.all, op.b()));
            case UNLINK -> files.unlink(World.pick(files.all, op.a()), World.pick(flbs.all, op.b()));
            case CREATE -> files.create(session);
            case TAKE -> files.take(session);
            case OPEN -> open(name, op.b() % 2 == 0);
            case DISCARD -> flbs.discard(name);
            case FAIL -> providers.arm(World.pick(World.FAILING, op.a() * 7 + op.b()));
            case MODULE -> providers.going(module(op.a()), op.b() % 2 == 1);
            case FREEZE -> freezeAndTakeBack();
            case REBOOT -> reboot();
            case CLOSE_HANDLE -> {
                if (handles.isEmpty()) {
                    return "NA";
                }
                close(handles.remove(op.a() % handles.size()));
            }
            case PRESERVE, CLOSE -> {
                if (!files.hasOutgoing(session)) {
                    return "NA";
                }
                outgoing(op, session);
            }
            default -> {
                if (!files.hasTaken(session)) {
                    return "NA";
                }
                incoming(op, session);
            }
        }
        return "OK";
    }

    private static String module(int number) {
        int flbs = World.FLBS.size();
        return number < flbs ? World.flbModule(number) : World.handlerModule((number - flbs) % World.HANDLERS.size());
    }

    private void outgoing(Op op, String session) throws Refusal {
        if (op.kind() == Op.Kind.PRESERVE) {
            files.preserve(session, op.token(), op.c() % files.openedFiles());
        } else {
            files.close(session);
        }
    }

    private void incoming(Op op, String session) throws Refusal {
        switch (op.kind()) {
            case RETRIEVE -> files.retrieve(session, op.token());
            case FINISH -> files.finish(session);
            case CLOSE_INCOMING -> files.closeIncoming(session);
            default -> throw new IllegalArgumentException(op.toString());
        }
    }

    private void open(String name, boolean outgoing) throws Refusal {
        handles.add(outgoing ? new Open(flbs.openOutgoing(name), null) : new Open(null, flbs.openIncoming(name)));
    }

    private void close(Open handle) {
        if (handle.flb != null) {
            flbs.closeOutgoing(handle.flb);
        } else {
            flbs.closeIncoming(handle.entry);
        }
    }

    private void freezeAndTakeBack() throws Refusal {
        Deque<String> undo = new ArrayDeque<>();
        files.freeze(undo);
        files.unfreeze(undo);
    }

    private void reboot() throws Refusal {
        files.freeze(new ArrayDeque<>());
        Files previous = files;
        providers = providers.afterReboot();
        flbs = new Flbs(providers, flbs.handedOver());
        files = new Files(providers, flbs, opened);
        files.inherit(previous);
        handles.clear();
    }

    /** The callbacks since this was last asked, in order. */
    public List<String> takeCalls() {
        return providers.takeCalls();
    }

    /** The state in words. */
    public String state() {
        StringBuilder text = new StringBuilder(512);
        flbs.print(text);
        files.print(text);
        return text.append("open handles ").append(handles.size()).append('\n').toString();
    }
}
