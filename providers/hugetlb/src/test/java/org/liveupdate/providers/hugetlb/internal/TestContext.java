package org.liveupdate.providers.hugetlb.internal;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Scope;

/** A context as the core would give it to a callback of a file or of the FLB. */
record TestContext(Generation generation, Scope memory, Side side, Reason reason) implements FileContext, FlbContext {

    @Override
    public String compatible() {
        return "test";
    }

    @Override
    public Pool pool() {
        return memory.pool();
    }

    @Override
    public <T> FlbHandle<T> getOutgoing(FlbKey<T> key) throws LiveUpdateException {
        return generation.flbs.getOutgoing(key);
    }

    @Override
    public <T> FlbHandle<T> getIncoming(FlbKey<T> key) throws LiveUpdateException {
        return generation.flbs.getIncoming(key);
    }

    @Override
    public long files() {
        return 1;
    }

    @Override
    public String session() {
        return "s";
    }

    @Override
    public long token() {
        return 7;
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
