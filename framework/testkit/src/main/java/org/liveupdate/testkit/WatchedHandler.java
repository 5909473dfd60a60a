package org.liveupdate.testkit;

import java.util.Set;
import org.liveupdate.api.Callback;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** A provider's file handler as the core gets it: every call is counted, and memory can fail inside. */
final class WatchedHandler<F> implements FileHandler<F> {
    private final String compatible;
    private final FileHandler<F> handler;
    private final Calls calls;

    WatchedHandler(String compatible, FileHandler<F> handler, Calls calls) {
        this.compatible = compatible;
        this.handler = handler;
        this.calls = calls;
    }

    private FileContext faulty(FileContext context) {
        return new FaultyFileContext(context, calls.faults());
    }

    @Override
    public boolean canPreserve(Object file) {
        return handler.canPreserve(file);
    }

    @Override
    public Preserved<?> preserve(FileContext context, F file) throws LiveUpdateException {
        return calls.<Preserved<?>, LiveUpdateException>call(compatible, Callback.PRESERVE,
                () -> handler.preserve(faulty(context), file));
    }

    @Override
    public void unpreserve(FileContext context, F file, long data, Object object) {
        calls.run(compatible, Callback.UNPRESERVE, () -> handler.unpreserve(faulty(context), file, data, object));
    }

    @Override
    public F retrieve(FileContext context, long data) throws LiveUpdateException {
        return calls.call(compatible, Callback.RETRIEVE, () -> handler.retrieve(faulty(context), data));
    }

    @Override
    public void finish(FileContext context, F file, long data, RetrieveStatus status) {
        calls.run(compatible, Callback.FINISH, () -> handler.finish(faulty(context), file, data, status));
    }

    @Override
    public long freeze(FileContext context, F file, long data, Object object) throws LiveUpdateException {
        return calls.<Long, LiveUpdateException>call(compatible, Callback.FREEZE,
                () -> handler.freeze(faulty(context), file, data, object));
    }

    @Override
    public void unfreeze(FileContext context, F file, long data, Object object) {
        calls.run(compatible, Callback.UNFREEZE, () -> handler.unfreeze(faulty(context), file, data, object));
    }

    @Override
    public boolean canFinish(FileContext context, F file, long data, RetrieveStatus status) {
        return handler.canFinish(faulty(context), file, data, status);
    }

    @Override
    public void detach(FileContext context, F file, long data, Object object) {
        calls.run(compatible, Callback.DETACH, () -> handler.detach(faulty(context), file, data, object));
    }

    @Override
    public Object identity(F file) {
        return handler.identity(file);
    }

    @Override
    public void hold(F file) {
        calls.run(compatible + " hold", () -> handler.hold(file));
    }

    @Override
    public void release(F file) {
        calls.run(compatible + " release", () -> handler.release(file));
    }

    @Override
    public Set<Callback> missing() {
        return handler.missing();
    }
}
