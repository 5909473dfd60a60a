package org.liveupdate.core.luo;

import org.liveupdate.api.FlbContext;
import org.liveupdate.api.Side;

/** What a callback of an FLB sees. */
final class FlbContextImpl extends ContextBase implements FlbContext {
    private final long files;

    private FlbContextImpl(Orchestrator core, FlbRuntime flb, Side side, Freeing freeing,
            org.liveupdate.kho.ScopeControl scope, long inheritedScope, long files) {
        super(core, flb.compatible(), flb.module(), side, freeing, scope, inheritedScope);
        this.files = files;
    }

    static FlbContextImpl outgoing(Orchestrator core, FlbRuntime flb) {
        return new FlbContextImpl(core, flb, Side.OUTGOING, Freeing.ALLOWED, flb.scope, 0, flb.files);
    }

    static FlbContextImpl incoming(Orchestrator core, FlbRuntime flb, IncomingFlb entry, Freeing freeing) {
        return new FlbContextImpl(core, flb, Side.INCOMING, freeing, entry.scope, entry.scopeId, entry.files);
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
