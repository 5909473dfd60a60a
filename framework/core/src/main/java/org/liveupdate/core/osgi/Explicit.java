package org.liveupdate.core.osgi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.core.luo.FlbRuntime;
import org.liveupdate.core.luo.HandlerRuntime;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;

/** What bundles registered by call instead of by service: the core's object for each of theirs. Thread safe. */
final class Explicit {
    private final Orchestrator core;
    /** Guarded by this. */
    private final Map<FileHandler<?>, HandlerRuntime> handlers = new IdentityHashMap<>();
    /** Guarded by this. */
    private final Map<Flb<?>, FlbRuntime> flbs = new IdentityHashMap<>();

    Explicit(Orchestrator core) {
        this.core = core;
    }

    synchronized HandlerRuntime handler(FileHandler<?> handler, Supplier<HandlerRuntime> made) {
        return handlers.computeIfAbsent(handler, key -> made.get());
    }

    /** The core's object, or null. */
    synchronized HandlerRuntime handler(FileHandler<?> handler) {
        return handlers.get(handler);
    }

    synchronized FlbRuntime flb(Flb<?> flb, Supplier<FlbRuntime> made) {
        return flbs.computeIfAbsent(flb, key -> made.get());
    }

    /** The core's object, or null. */
    synchronized FlbRuntime flb(Flb<?> flb) {
        return flbs.get(flb);
    }

    /** A bundle is gone: what it registered is unregistered. */
    void releaseAll(Module module) {
        List<HandlerRuntime> gone = new ArrayList<>();
        List<FlbRuntime> unlinked = new ArrayList<>();
        synchronized (this) {
            handlers.values().stream().filter(handler -> handler.module() == module).forEach(gone::add);
            flbs.values().stream().filter(flb -> flb.module() == module).forEach(unlinked::add);
            handlers.values().removeAll(gone);
            flbs.values().removeAll(unlinked);
        }
        gone.forEach(core.registry()::unregister);
        for (FlbRuntime flb : unlinked) {
            core.registry().handlers().forEach(handler -> core.registry().unlink(handler, flb));
        }
    }
}
