package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;
import org.liveupdate.api.Side;
import org.liveupdate.kho.ScopeControl;

/** Lets the owner of an FLB write down what is only in its object, on one side. */
final class FlbDetach {
    private final Orchestrator core;
    private final FlbRuntime flb;
    private final Side side;

    FlbDetach(Orchestrator core, FlbRuntime flb, Side side) {
        this.core = core;
        this.flb = flb;
        this.side = side;
    }

    /**
     * Calls {@code detach}; the core lock is held, and given up meanwhile. What follows is the caller's to do.
     *
     * @return false if the callback was given up
     */
    boolean callLocked() {
        IncomingFlb entry = flb.live;
        OutgoingFlb state = flb.outgoing;
        FlbContextImpl context = side == Side.OUTGOING ? FlbContextImpl.attaching(core, flb, state)
                : FlbContextImpl.attaching(core, flb, entry);
        Run run = core.serving().begin(flb, Callback.DETACH, context, () -> {});
        long data = side == Side.OUTGOING ? state.data : entry.data;
        Object object = side == Side.OUTGOING ? state.object : entry.object;
        core.lock().unlock();
        core.callbacks().run(flb, Callback.DETACH, () -> flb.flb().detach(context, data, object));
        ScopeControl scope = context.succeeded();
        core.lock().lock();
        if (run.isAbandoned()) {
            return false;
        }
        if (side == Side.OUTGOING) {
            state.scope = scope;
        } else {
            entry.scope = scope;
        }
        core.serving().endQuietly(flb);
        return true;
    }
}
