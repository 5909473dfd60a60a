package org.liveupdate.core.luo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.ImageModel;

/** Runs the operations of one trace against a real orchestrator. */
final class TraceRunner {
    private static final int MODULES = 16;

    final TraceScript script = new TraceScript(this::runInHook);
    private final Map<Integer, TraceFlb> flbDefinitions = new TreeMap<>();
    private final Map<Integer, TraceHandler> handlerDefinitions = new TreeMap<>();
    private final Map<Integer, FlbRuntime> flbs = new HashMap<>();
    private final Map<Integer, HandlerRuntime> handlers = new HashMap<>();
    private final Map<String, TraceFile> files = new TreeMap<>();
    private final Map<Integer, SessionState> slots = new HashMap<>();
    private final Module[] modules = new Module[MODULES];
    private final Module user = Module.builtIn("the trace");
    /** Open handles by side and FLB object, newest first. */
    private final Map<Side, Map<FlbRuntime, Deque<Handle<Object>>>> handles = new EnumMap<>(Side.class);
    private final List<String> warnings = new ArrayList<>();
    private Orchestrator core;
    private ImageModel image;
    private boolean deviceOpen;
    /** Who has the device open, if somebody has. */
    private Object opener;

    /** Runs one operation and returns its result; events are in the script. */
    String run(String op) {
        return run(op.split(" "), false);
    }

    private String runInHook(String op) {
        return run(op.split(" "), true);
    }

    private String run(String[] op, boolean inHook) {
        try {
            return switch (op[0]) {
                case "boot" -> inHook ? "NA" : boot(op, false);
                case "jump" -> inHook ? "NA" : boot(op, true);
                case "kexec" -> inHook ? "NA" : kexec(op);
                case "reboot" -> reboot();
                case "def_flb" -> defineFlb(op);
                case "def_handler" -> defineHandler(op);
                case "mod" -> module(op);
                case "fail" -> arm(op);
                case "hook" -> hook(op);
                case "file" -> file(op);
                case "close_file" -> closeFile(op);
                case "dev_open", "dev_close" -> device(op);
                case "reg_h", "unreg_h", "reg_f", "unreg_f" -> registry(op);
                case "get_in", "get_out", "put_in", "put_out" -> handle(op);
                default -> session(op);
            };
        } catch (LiveUpdateException e) {
            return e.errno().name();
        }
    }

    private String boot(String[] op, boolean inherit) throws LiveUpdateException {
        List<String> words = Arrays.asList(op);
        boolean kho = !words.contains("nokho");
        boolean on = kho && !words.contains("off");
        ImageModel inherited = inherit && kho ? image : null;
        image = null;
        core = new Orchestrator((on ? Settings.DEFAULT : Settings.DEFAULT.disabled()).withOwnership(Ownership.ANY),
                event -> warnings.add(event.text()));
        core.device().exclusive(true);
        for (int i = 0; i < MODULES; i++) {
            modules[i] = Module.of("m" + i, "", i, Module.State.LIVE);
        }
        files.clear();
        slots.clear();
        deviceOpen = false;
        script.reset("retrieved ");
        flbs.clear();
        handles.clear();
        handlers.clear();
        flbDefinitions.values().forEach(this::place);
        handlerDefinitions.values().forEach(this::place);
        if (inherited != null && on) {
            core.handover().inherit(inherited);
        } else if (inherited != null) {
            core.handover().inheritNumber(inherited.number());
        }
        return "OK";
    }

    private void place(TraceFlb flb) {
        flbs.put(flb.number, new FlbRuntime(flb.compatible, flb, owner(flb.module)));
    }

    private void place(TraceHandler handler) {
        handlers.put(handler.number, new HandlerRuntime(handler.compatible, handler, owner(handler.module)));
    }

    private Module owner(int module) {
        return module < 0 ? Module.builtIn("built in") : modules[module];
    }

    private String kexec(String[] op) throws LiveUpdateException {
        try {
            reboot();
        } catch (LiveUpdateException e) {
            return e.errno().name();
        }
        return boot(op, true);
    }

    private String reboot() throws LiveUpdateException {
        if (core.enabled()) {
            image = TraceImages.throughBytes(core.handover().freeze());
        }
        return "OK";
    }

    private String defineFlb(String[] op) {
        int number = number(op[1]);
        FlbRuntime old = flbs.get(number);
        if (old != null && old.isUsed()) {
            return "INUSE";
        }
        TraceFlb flb = new TraceFlb(script, number, decode(op[2]), ownerNumber(op[3]), flags(op, 4));
        flbDefinitions.put(number, flb);
        place(flb);
        return "OK";
    }

    private String defineHandler(String[] op) {
        int number = number(op[1]);
        HandlerRuntime old = handlers.get(number);
        if (old != null && (old.registered() || old.files() > 0)) {
            return "INUSE";
        }
        TraceHandler handler = new TraceHandler(this, script, number, decode(op[2]), ownerNumber(op[3]), flags(op, 4));
        handlerDefinitions.put(number, handler);
        place(handler);
        return "OK";
    }

    private String module(String[] op) {
        core.owners().moduleState(modules[number(op[1])], Module.State.valueOf(op[2]));
        return "OK";
    }

    private String arm(String[] op) {
        script.fail(op[1], op[2], Errno.valueOf(op[3]), op.length > 4 ? Integer.parseInt(op[4]) : 1);
        return "OK";
    }

    private String hook(String[] op) {
        script.hook(op[1], op[2], String.join(" ", Arrays.copyOfRange(op, 3, op.length)));
        return "OK";
    }

    private String file(String[] op) {
        TraceFile old = files.get(op[1]);
        if (old != null && old.references() > 0) {
            return "INUSE";
        }
        TraceFile file = new TraceFile(script, op[1], number(op[1]), Integer.parseInt(op[2]));
        file.open = true;
        files.put(op[1], file);
        return "OK";
    }

    private String closeFile(String[] op) {
        TraceFile file = files.get(op[1]);
        if (file == null || !file.open) {
            return "NA";
        }
        file.close();
        return "OK";
    }

    TraceFile retrieved(String name, int number, int kind) {
        TraceFile file = new TraceFile(script, name, number, kind);
        files.put(name, file);
        return file;
    }

    private String device(String[] op) throws LiveUpdateException {
        if (op[0].equals("dev_open")) {
            Object next = new Object();
            core.device().open(next, "the trace");
            opener = next;
            deviceOpen = true;
            return "OK";
        }
        if (!deviceOpen) {
            return "NA";
        }
        core.device().close(opener);
        deviceOpen = false;
        return "OK";
    }

    private String registry(String[] op) throws LiveUpdateException {
        HandlerRuntime handler = handlers.get(number(op[1]));
        FlbRuntime flb = op.length > 2 ? flbs.get(number(op[2])) : null;
        if (handler == null || op.length > 2 && flb == null) {
            return "NA";
        }
        Registry registry = core.registry();
        switch (op[0]) {
            case "reg_h" -> registry.register(handler);
            case "reg_f" -> registry.link(handler, flb);
            case "unreg_h" -> registry.unregister(handler);
            default -> registry.unlink(handler, flb);
        }
        return op[0].startsWith("unreg") ? "VOID" : "OK";
    }

    private String handle(String[] op) throws LiveUpdateException {
        FlbRuntime flb = flbs.get(number(op[1]));
        if (flb == null) {
            return "NA";
        }
        return switch (op[0]) {
            case "get_in" -> opened(core.incoming().get(flb, user.holder()));
            case "get_out" -> opened(core.outgoing().get(flb, user.holder()));
            case "put_in" -> close(flb, Side.INCOMING);
            default -> close(flb, Side.OUTGOING);
        };
    }

    private String opened(HandleGate gate) {
        handles.computeIfAbsent(gate.side, side -> new HashMap<>())
                .computeIfAbsent(gate.flb, flb -> new ArrayDeque<>())
                .push(new Handle<>(core, gate, new FlbKey<>(gate.flb.compatible(), Object.class), user, null));
        return "OK " + text(Handle.object(gate));
    }

    /** The traces close by FLB: the newest open handle. Closing one that is not there is nothing one can call. */
    private String close(FlbRuntime flb, Side side) throws LiveUpdateException {
        Deque<Handle<Object>> open = handles.getOrDefault(side, Map.of()).get(flb);
        if (open == null || open.isEmpty()) {
            return (flb.isServedByMe() ? Errno.EDEADLK : Errno.EINVAL).name();
        }
        open.peek().close();
        open.poll();
        return "VOID";
    }

    private static String text(Object object) {
        return object == null ? "-" : object.toString();
    }

    private String session(String[] op) throws LiveUpdateException {
        int slot = number(op[1]);
        SessionState session = slots.get(slot);
        if (op[0].equals("s_create") || op[0].equals("s_retrieve")) {
            if (session != null) {
                return "INUSE";
            }
            if (!deviceOpen) {
                return "NODEV";
            }
            String name = op.length > 2 ? decode(op[2]) : "";
            slots.put(slot,
                    op[0].equals("s_create") ? core.agents().createSession(name) : core.agents().retrieveSession(name));
            return "OK";
        }
        if (session == null) {
            return "NA";
        }
        switch (op[0]) {
            case "preserve" -> preserve(session, Long.parseUnsignedLong(op[2]), files.get(op[3]));
            case "retrieve" -> {
                TraceFile file = (TraceFile) core.agents().retrieve(session, Long.parseUnsignedLong(op[2]));
                file.open = true;
                return "OK " + file.name;
            }
            case "s_finish" -> core.agents().finish(session);
            case "s_close" -> {
                var refusal = core.agents().close(session);
                slots.remove(slot);
                if (refusal.isPresent()) {
                    throw refusal.get();
                }
            }
            case "get_name" -> script.events.add("name " + session.name());
            default -> throw new IllegalArgumentException(String.join(" ", op));
        }
        return "OK";
    }

    /** The call itself borrows a reference, as a system call does: a file closed meanwhile is freed at its end. */
    private void preserve(SessionState session, long token, TraceFile file) throws LiveUpdateException {
        if (file == null || !file.open) {
            core.agents().preserve(session, token, null);
            return;
        }
        file.hold();
        try {
            core.agents().preserve(session, token, file);
        } finally {
            file.release();
        }
    }

    private static int number(String name) {
        return Integer.parseInt(name.replaceAll("[^0-9].*$", "").isEmpty() ? digits(name) : name);
    }

    private static String digits(String name) {
        return name.replaceAll("^[^0-9]*", "").replaceAll("[^0-9].*$", "");
    }

    private static int ownerNumber(String name) {
        return name.equals("-") ? -1 : number(name);
    }

    private static Set<String> flags(String[] op, int from) {
        return new HashSet<>(Arrays.asList(op).subList(from, op.length));
    }

    /** {@code %xx} is a byte, {@code X*n} is X n times. */
    static String decode(String text) {
        int star = text.indexOf('*');
        if (star > 0 && text.substring(star + 1).matches("[0-9]+")) {
            return decode(text.substring(0, star)).repeat(Integer.parseInt(text.substring(star + 1)));
        }
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                decoded.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                decoded.append(text.charAt(i));
            }
        }
        return decoded.toString();
    }

    /** The state as the traces print it. */
    Map<String, String> state() {
        return new TraceState(core, flbDefinitions.keySet(), flbs, handlers, modules, files).print();
    }

    boolean booted() {
        return core != null;
    }
}
