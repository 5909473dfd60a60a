package org.liveupdate.core.luo;

import org.liveupdate.api.FlbContext;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.kho.ScopeControl;

/** What a callback of an FLB sees. */
final class FlbContextImpl extends ContextBase implements FlbContext {
    private final long files;

    private FlbContextImpl(Orchestrator core, FlbRuntime flb, Side side, Reason reason, Freeing freeing,
            ScopeControl scope, long inheritedScope, long files) {
        super(core, flb.compatible(), flb.module(), side, reason, freeing, scope, inheritedScope);
        this.files = files;
    }

    static FlbContextImpl outgoing(Orchestrator core, FlbRuntime flb) {
        return new FlbContextImpl(core, flb, Side.OUTGOING, Reason.HANDOVER, Freeing.ALLOWED, flb.outgoing.scope, 0,
                flb.outgoing.files);
    }

    static FlbContextImpl incoming(Orchestrator core, FlbRuntime flb, IncomingFlb entry, Freeing freeing) {
        return new FlbContextImpl(core, flb, Side.INCOMING, Reason.HANDOVER, freeing, entry.scope, entry.scopeId,
                entry.files);
    }

    /** For a detach, or for the retrieve of the next owner, which takes the memory over. */
    static FlbContextImpl attaching(Orchestrator core, FlbRuntime flb, OutgoingFlb state) {
        core.memory().handOver(state.scope, flb.module());
        return new FlbContextImpl(core, flb, Side.OUTGOING, Reason.ATTACH, Freeing.REFUSED, state.scope, 0,
                state.files);
    }

    /** The same on the incoming side. */
    static FlbContextImpl attaching(Orchestrator core, FlbRuntime flb, IncomingFlb entry) {
        core.memory().handOver(entry.scope, flb.module());
        return new FlbContextImpl(core, flb, Side.INCOMING, Reason.ATTACH, Freeing.REFUSED, entry.scope,
                entry.scopeId, entry.files);
    }

    @Override
    String scopeOwner() {
        return "flb " + compatible();
    }

    @Override
    public long files() {
        return files;
    }
}
