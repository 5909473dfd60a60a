package org.liveupdate.providers.kvm.internal;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/** A handler whose record somebody else sees, and can change, after it was frozen. */
final class Tampering<F> implements FileHandler<F> {

    /** What is done to a record. */
    @FunctionalInterface
    interface Damage {
        void on(Scope scope, Region record);
    }

    private final FileHandler<F> handler;
    Damage damage = (scope, record) -> {};

    Tampering(FileHandler<F> handler) {
        this.handler = handler;
    }

    @Override
    public long freeze(FileContext context, F file, long data, Object object) throws LiveUpdateException {
        long frozen = handler.freeze(context, file, data, object);
        damage.on(context.memory(), context.memory().region(frozen));
        return frozen;
    }

    @Override
    public boolean canPreserve(Object file) {
        return handler.canPreserve(file);
    }

    @Override
    public Preserved<?> preserve(FileContext context, F file) throws LiveUpdateException {
        return handler.preserve(context, file);
    }

    @Override
    public void unpreserve(FileContext context, F file, long data, Object object) {
        handler.unpreserve(context, file, data, object);
    }

    @Override
    public void unfreeze(FileContext context, F file, long data, Object object) {
        handler.unfreeze(context, file, data, object);
    }

    @Override
    public F retrieve(FileContext context, long data) throws LiveUpdateException {
        return handler.retrieve(context, data);
    }

    @Override
    public void finish(FileContext context, F file, long data, RetrieveStatus status) {
        handler.finish(context, file, data, status);
    }

    @Override
    public void detach(FileContext context, F file, long data, Object object) {
        handler.detach(context, file, data, object);
    }

    @Override
    public void hold(F file) {
        handler.hold(file);
    }

    @Override
    public void release(F file) {
        handler.release(file);
    }
}
