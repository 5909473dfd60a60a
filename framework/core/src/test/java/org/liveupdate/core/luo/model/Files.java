package org.liveupdate.core.luo.model;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.liveupdate.core.luo.model.Flbs.Entry;
import org.liveupdate.core.luo.model.Flbs.Flb;

/** The model of handlers, sessions and files. */
final class Files {
    /** A file handler. */
    static final class Handler {
        final String name;
        final String module;
        final List<Flb> links = new ArrayList<>();
        int files;

        Handler(int number) {
            this.name = World.HANDLERS.get(number);
            this.module = World.handlerModule(number);
        }
    }

    /** An open file: its kind and what its handler preserves. */
    record File(String kind, int number) {
        @Override
        public String toString() {
            return kind + number;
        }
    }

    /** A preserved file; {@code id} is the number of the open file. */
    private record Held(long token, Handler handler, int id, File file, List<Flb> flbs) {}

    /** An incoming file. */
    private static final class Waiting {
        final long token;
        final File preserved;
        final List<Entry> entries;
        Handler handler;
        /** Null, OK or an errno. */
        String retrieved;
        int id;

        Waiting(long token, File preserved, List<Entry> entries) {
            this.token = token;
            this.preserved = preserved;
            this.entries = entries;
        }

        String text() {
            return " " + ("OK".equals(retrieved) ? preserved : null);
        }
    }

    /** An incoming session. */
    private static final class Incoming {
        final List<Waiting> files = new ArrayList<>();
        boolean taken;
    }

    private final Providers providers;
    private final Flbs flbs;
    final List<Handler> all = new ArrayList<>();
    /** In registration order. */
    private final List<Handler> registered = new ArrayList<>();
    /** By number; those that were retrieved come last. */
    private final List<File> opened;
    private final Set<Integer> claimed = new HashSet<>();
    private final Map<String, List<Held>> outgoing = new LinkedHashMap<>();
    private final Map<String, Incoming> incoming = new LinkedHashMap<>();

    Files(Providers providers, Flbs flbs, List<File> opened) {
        this.providers = providers;
        this.flbs = flbs;
        this.opened = opened;
        for (int i = 0; i < World.HANDLERS.size(); i++) {
            all.add(new Handler(i));
        }
    }

    /** The files of the previous generation, over the FLBs of this one. */
    void inherit(Files previous) {
        previous.outgoing.forEach((name, files) -> {
            Incoming session = new Incoming();
            files.forEach(held -> session.files.add(new Waiting(held.token, held.file,
                    held.flbs.stream().map(flb -> flbs.entry(flb.name)).toList())));
            incoming.put(name, session);
        });
    }

    void register(Handler handler) throws Refusal {
        if (byName(handler.name) != null) {
            throw new Refusal("EEXIST");
        }
        if (providers.isGoing(handler.module)) {
            throw new Refusal("EAGAIN");
        }
        registered.add(handler);
        incoming.values().forEach(session -> session.files.forEach(this::bind));
    }

    void unregister(Handler handler) {
        if (registered.remove(handler)) {
            handler.links.forEach(flb -> flbs.linked(flb, -1));
            handler.links.clear();
        }
    }

    void link(Handler handler, Flb flb) throws Refusal {
        if (!registered.contains(handler)) {
            throw new Refusal("EINVAL");
        }
        if (handler.links.contains(flb)) {
            throw new Refusal("EEXIST");
        }
        boolean first = flb.links == 0;
        if (first) {
            flbs.firstLink(flb);
        }
        handler.links.add(flb);
        flbs.linked(flb, 1);
        if (first) {
            flbs.arrived(flb);
        }
    }

    void unlink(Handler handler, Flb flb) {
        if (handler.links.remove(flb)) {
            flbs.linked(flb, -1);
        }
    }

    private Handler byName(String name) {
        return registered.stream().filter(handler -> handler.name.equals(name)).findFirst().orElse(null);
    }

    private Handler bindable(Waiting file) {
        Handler handler = byName(file.preserved.kind);
        return handler == null || providers.isGoing(handler.module) ? null : handler;
    }

    private boolean bind(Waiting file) {
        if (file.handler == null && bindable(file) != null) {
            file.handler = bindable(file);
            file.handler.files++;
        }
        return file.handler != null;
    }

    void create(String name) throws Refusal {
        if (outgoing.putIfAbsent(name, new ArrayList<>()) != null) {
            throw new Refusal("EEXIST");
        }
    }

    boolean hasOutgoing(String name) {
        return outgoing.containsKey(name);
    }

    boolean hasTaken(String name) {
        return incoming.containsKey(name) && incoming.get(name).taken;
    }

    int openedFiles() {
        return opened.size();
    }

    void preserve(String session, long token, int id) throws Refusal {
        List<Held> files = outgoing.get(session);
        File file = opened.get(id);
        if (files.stream().anyMatch(held -> held.token == token)) {
            throw new Refusal("EEXIST");
        }
        Handler handler = byName(file.kind);
        if (handler == null) {
            throw new Refusal("ENOENT");
        }
        providers.note(handler.name + ".can_preserve");
        if (providers.isGoing(handler.module)) {
            throw new Refusal("ENOENT");
        }
        if (claimed.contains(id)) {
            throw new Refusal("EBUSY");
        }
        List<Flb> wanted = List.copyOf(handler.links);
        List<Flb> acquired = new ArrayList<>();
        try {
            for (Flb flb : wanted) {
                flbs.acquire(flb);
                acquired.add(flb);
            }
            providers.call(handler.name + ".preserve", " " + file);
        } catch (Refusal e) {
            releaseReversed(acquired);
            throw e;
        }
        claimed.add(id);
        handler.files++;
        files.add(new Held(token, handler, id, file, wanted));
    }

    private void releaseReversed(List<Flb> acquired) {
        for (int i = acquired.size() - 1; i >= 0; i--) {
            flbs.release(acquired.get(i));
        }
    }

    void close(String session) {
        List<Held> files = outgoing.remove(session);
        for (int i = files.size() - 1; i >= 0; i--) {
            Held held = files.get(i);
            providers.note(held.handler.name + ".unpreserve " + held.file);
            releaseReversed(held.flbs);
            claimed.remove(held.id);
            held.handler.files--;
        }
    }

    void take(String name) throws Refusal {
        if (!incoming.containsKey(name)) {
            throw new Refusal("ENOENT");
        }
        if (incoming.get(name).taken) {
            throw new Refusal("EINVAL");
        }
        incoming.get(name).taken = true;
    }

    void retrieve(String session, long token) throws Refusal {
        Waiting file = incoming.get(session).files.stream().filter(waiting -> waiting.token == token).findFirst()
                .orElseThrow(() -> new Refusal("ENOENT"));
        if (!bind(file)) {
            throw new Refusal("ENODEV");
        }
        if (file.retrieved == null) {
            try {
                providers.call(file.handler.name + ".retrieve", " " + file.preserved);
                file.retrieved = "OK";
                file.id = opened.size();
                opened.add(file.preserved);
                claimed.add(file.id);
            } catch (Refusal e) {
                file.retrieved = e.getMessage();
            }
        }
        if (!file.retrieved.equals("OK")) {
            throw new Refusal(file.retrieved);
        }
    }

    void finish(String name) throws Refusal {
        Incoming session = incoming.get(name);
        if (session.files.stream().anyMatch(file -> file.handler == null && bindable(file) == null)) {
            throw new Refusal("ENODEV");
        }
        session.files.forEach(this::bind);
        for (Waiting file : session.files) {
            if (!providers.ask(file.handler.name + ".can_finish", file.text())) {
                throw new Refusal("EBUSY");
            }
        }
        while (!session.files.isEmpty()) {
            Waiting file = session.files.remove(session.files.size() - 1);
            providers.note(file.handler.name + ".finish" + file.text());
            for (int i = file.entries.size() - 1; i >= 0; i--) {
                flbs.fileFinished(file.entries.get(i));
            }
            if ("OK".equals(file.retrieved)) {
                claimed.remove(file.id);
            }
            file.handler.files--;
        }
    }

    void closeIncoming(String name) throws Refusal {
        try {
            finish(name);
            incoming.remove(name);
        } catch (Refusal e) {
            incoming.get(name).taken = false;
            throw e;
        }
    }

    /** Freezes; what is to be undone is pushed. */
    void freeze(Deque<String> undo) throws Refusal {
        if (incoming.values().stream().anyMatch(session -> !session.files.isEmpty())) {
            throw new Refusal("EBUSY");
        }
        try {
            for (List<Held> files : outgoing.values()) {
                for (Held held : files) {
                    providers.call(held.handler.name + ".freeze", " " + held.file);
                    undo.push(held.handler.name + ".unfreeze " + held.file);
                }
            }
            for (Flb flb : flbs.underFiles()) {
                providers.call(flb.name + ".freeze");
                undo.push(flb.name + ".unfreeze");
            }
        } catch (Refusal e) {
            unfreeze(undo);
            throw e;
        }
    }

    void unfreeze(Deque<String> undo) {
        undo.forEach(providers::note);
    }

    void print(StringBuilder text) {
        for (int i = 0; i < all.size(); i++) {
            Handler handler = all.get(i);
            text.append("handler ").append(i).append(": place ").append(registered.indexOf(handler))
                    .append(", linked to");
            handler.links.forEach(flb -> text.append(' ').append(flbs.all.indexOf(flb)));
            text.append(", ").append(handler.files).append(" files, ").append(handler.files).append(" references\n");
        }
        outgoing.forEach((name, files) -> {
            text.append("outgoing ").append(name).append(':');
            files.forEach(held -> text.append(' ').append(held.token).append('=').append(held.file));
            text.append('\n');
        });
        incoming.forEach((name, session) -> {
            text.append("incoming ").append(name).append(session.taken ? " taken:" : ":");
            session.files.forEach(file -> text.append(' ').append(file.token)
                    .append(file.handler == null ? " waits" : " known")
                    .append(file.retrieved == null ? "" : " " + file.retrieved).append(','));
            text.append('\n');
        });
    }
}
