package org.liveupdate.core.luo;

import java.util.EnumSet;
import java.util.Set;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** The mock file handler of the traces. */
final class TraceHandler implements FileHandler<TraceFile> {
    final int number;
    final String compatible;
    final int module;
    private final Set<String> flags;
    private final String kinds;
    private final TraceRunner runner;
    private final TraceScript script;

    TraceHandler(TraceRunner runner, TraceScript script, int number, String compatible, int module, Set<String> flags) {
        this.runner = runner;
        this.script = script;
        this.number = number;
        this.compatible = compatible;
        this.module = module;
        this.flags = flags;
        this.kinds = flags.stream().filter(flag -> flag.startsWith("kinds=")).map(flag -> flag.substring(6)).findFirst()
                .orElse("");
    }

    private String me() {
        return "h" + number;
    }

    private static String name(TraceFile file) {
        return file == null ? "-" : file.name;
    }

    private static String hex(long data) {
        return " d=" + Long.toHexString(data);
    }

    private static String status(RetrieveStatus status) {
        return " rs=" + (status.errno() != null ? status.errno().name() : status.tried() ? "1" : "0");
    }

    @Override
    public boolean canPreserve(Object file) {
        TraceFile opened = (TraceFile) file;
        Errno failure = script.called(me(), "can_preserve");
        boolean yes = failure == null && kinds.indexOf('0' + opened.kind) >= 0;
        script.event(me(), "can_preserve", " " + opened.name + "=" + (yes ? 1 : 0));
        return yes;
    }

    @Override
    public Preserved<?> preserve(FileContext context, TraceFile file) throws LiveUpdateException {
        Errno failure = script.called(me(), "preserve");
        if (failure != null) {
            script.event(me(), "preserve", " " + file.name + "=" + failure);
            throw new LiveUpdateException(failure, "armed");
        }
        int n = script.next("preserved " + file.number) & 0x7f;
        long data = (number + 1L) << 32 | (long) file.number << 8 | n;
        script.event(me(), "preserve", " " + file.name + "=OK" + hex(data));
        return new Preserved<>(data, 0xE000L + file.number);
    }

    @Override
    public void unpreserve(FileContext context, TraceFile file, long data, Object object) {
        script.called(me(), "unpreserve");
        script.event(me(), "unpreserve", " " + file.name + hex(data) + " p=" + Long.toHexString((Long) object));
    }

    @Override
    public long freeze(FileContext context, TraceFile file, long data, Object object) throws LiveUpdateException {
        if (!flags.contains("freeze") && !flags.contains("fzdata")) {
            return data;
        }
        Errno failure = script.called(me(), "freeze");
        if (failure != null) {
            script.event(me(), "freeze", " " + file.name + hex(data) + "=" + failure);
            throw new LiveUpdateException(failure, "armed");
        }
        long changed = flags.contains("fzdata") ? data | 0x80 : data;
        script.event(me(), "freeze", " " + file.name + hex(data) + "=OK" + hex(changed));
        return changed;
    }

    @Override
    public void unfreeze(FileContext context, TraceFile file, long data, Object object) {
        if (flags.contains("unfreeze")) {
            script.called(me(), "unfreeze");
            script.event(me(), "unfreeze", " " + file.name + hex(data) + " p=" + Long.toHexString((Long) object));
        }
    }

    @Override
    public TraceFile retrieve(FileContext context, long data) throws LiveUpdateException {
        Errno failure = script.called(me(), "retrieve");
        if (failure != null) {
            script.event(me(), "retrieve", hex(data) + "=" + failure);
            throw new LiveUpdateException(failure, "armed");
        }
        int x = (int) (data >> 8) & 0xffffff;
        int k = script.next("retrieved " + x);
        int kind = kinds.chars().map(digit -> digit - '0').min().orElse(0);
        TraceFile file = runner.retrieved(k == 1 ? "R" + x : "R" + x + "." + k, x, kind);
        script.event(me(), "retrieve", hex(data) + "=OK " + file.name);
        return file;
    }

    @Override
    public boolean canFinish(FileContext context, TraceFile file, long data, RetrieveStatus status) {
        if (!flags.contains("canfinish")) {
            return true;
        }
        boolean yes = script.called(me(), "can_finish") == null;
        script.event(me(), "can_finish", " " + name(file) + hex(data) + status(status) + "=" + (yes ? 1 : 0));
        return yes;
    }

    @Override
    public void finish(FileContext context, TraceFile file, long data, RetrieveStatus status) {
        script.called(me(), "finish");
        script.event(me(), "finish", " " + name(file) + hex(data) + status(status));
    }

    @Override
    public Object identity(TraceFile file) {
        return flags.contains("getid") ? (Object) (0x5000L + file.number) : file;
    }

    @Override
    public void hold(TraceFile file) {
        file.hold();
    }

    @Override
    public void release(TraceFile file) {
        file.release();
    }

    @Override
    public Set<Callback> missing() {
        Set<Callback> missing = EnumSet.noneOf(Callback.class);
        for (Callback callback : Callback.values()) {
            if (flags.contains("no_" + callback)) {
                missing.add(callback);
            }
        }
        return missing;
    }
}
