package org.liveupdate.providers.memfd.internal;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Scope;

/** A context as the core would give it to a callback of one file, without FLBs. */
record TestContext(Scope memory, Side side, Reason reason, String session, long token) implements FileContext {

    @Override
    public String compatible() {
        return MemfdLayout.COMPATIBLE;
    }

    @Override
    public Pool pool() {
        return memory.pool();
    }

    @Override
    public <T> FlbHandle<T> getOutgoing(FlbKey<T> key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> FlbHandle<T> getIncoming(FlbKey<T> key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long token(Object file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <F> F file(long token, Class<F> type) {
        throw new UnsupportedOperationException();
    }
}
