package org.liveupdate.core.luo;

import java.util.List;
import org.liveupdate.api.LiveUpdateException;

/** One version of a bundle that provides the FLB {@code a} and the handler {@code h}, which depends on it. */
final class Provider {
    final Module module;
    final FlbRuntime flb;
    final HandlerRuntime handler;
    private final Generation generation;

    /**
     * A version.
     *
     * @param log
     *            what the FLB's calls are called, which tells the versions apart
     */
    Provider(Generation generation, String bundle, String log) {
        this.generation = generation;
        this.module = Module.of(bundle, log, 1, Module.State.LIVE);
        this.flb = new FlbRuntime("a", new MockFlb(log, generation.calls), module);
        this.handler = new HandlerRuntime("h", new MockHandler("h", generation.calls), module);
        generation.modules.put(bundle + ' ' + log, module);
    }

    Provider register() throws LiveUpdateException {
        generation.core.registry().register(handler);
        generation.core.registry().link(handler, flb);
        return this;
    }

    /** The bundle is stopped by somebody who does not ask. */
    void stop() {
        generation.core.owners().moduleState(module, Module.State.GOING);
        generation.core.owners().leave(module);
        generation.core.owners().leave(List.of(handler), List.of(flb));
    }

    int references() {
        return generation.core.owners().references(module);
    }
}
