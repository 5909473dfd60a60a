package org.liveupdate.providers.vfio.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Scope;

/** A context as the core would give it to a callback of one file; null stands for no memory. */
record TestContext(Scope scope, Side side, Reason reason) implements FileContext {

    @Override
    public Scope memory() throws LiveUpdateException {
        if (scope == null) {
            throw new LiveUpdateException(Errno.ENOMEM, "test");
        }
        return scope;
    }

    @Override
    public String compatible() {
        return VfioLayout.COMPATIBLE;
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
    public Pool pool() {
        return scope.pool();
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
