package org.liveupdate.core.luo;

import java.util.EnumSet;
import java.util.Set;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;

/** The mock FLB of the traces. */
final class TraceFlb implements Flb<String> {
    final int number;
    final String compatible;
    final int module;
    private final Set<String> flags;
    private final TraceScript script;

    TraceFlb(TraceScript script, int number, String compatible, int module, Set<String> flags) {
        this.script = script;
        this.number = number;
        this.compatible = compatible;
        this.module = module;
        this.flags = flags;
    }

    private String me() {
        return "f" + number;
    }

    private static String text(Object object) {
        return object == null ? "-" : object.toString();
    }

    @Override
    public Preserved<String> preserve(FlbContext context) throws LiveUpdateException {
        int n = script.next("preserve " + me());
        Errno failure = script.called(me(), "preserve");
        if (failure != null) {
            script.event(me(), "preserve", "=" + failure);
            throw new LiveUpdateException(failure, "armed");
        }
        long data = flags.contains("nodata") ? 0 : ((number + 1L) << 16) + n;
        String object = flags.contains("noobj") || flags.contains("noobj_p") ? null : "P" + number + "." + n;
        script.event(me(), "preserve", "=OK d=" + Long.toHexString(data) + " o=" + text(object));
        return new Preserved<>(data, object);
    }

    @Override
    public void unpreserve(FlbContext context, long data, String object) {
        script.called(me(), "unpreserve");
        script.event(me(), "unpreserve", " d=" + Long.toHexString(data) + " o=" + text(object));
    }

    @Override
    public String retrieve(FlbContext context, long data) throws LiveUpdateException {
        int n = script.next("retrieve " + me());
        Errno failure = script.called(me(), "retrieve");
        String start = " d=" + Long.toHexString(data) + "=";
        if (failure != null) {
            script.event(me(), "retrieve", start + failure);
            throw new LiveUpdateException(failure, "armed");
        }
        String object = flags.contains("noobj") || flags.contains("noobj_r") ? null : "R" + number + "." + n;
        script.event(me(), "retrieve", start + "OK o=" + text(object));
        return object;
    }

    @Override
    public void finish(FlbContext context, long data, String object) {
        script.called(me(), "finish");
        script.event(me(), "finish", " d=" + Long.toHexString(data) + " o=" + text(object));
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
