package org.liveupdate.testkit;

import java.util.Set;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;

/** A provider's FLB as the core gets it: every call is counted, and memory can fail inside. */
final class WatchedFlb<T> implements Flb<T> {
    private final String compatible;
    private final Flb<T> flb;
    private final Calls calls;

    WatchedFlb(String compatible, Flb<T> flb, Calls calls) {
        this.compatible = compatible;
        this.flb = flb;
        this.calls = calls;
    }

    private FlbContext faulty(FlbContext context) {
        return new FaultyFlbContext(context, calls.faults());
    }

    @Override
    public Preserved<T> preserve(FlbContext context) throws LiveUpdateException {
        return calls.call(compatible, Callback.PRESERVE, () -> flb.preserve(faulty(context)));
    }

    @Override
    public void unpreserve(FlbContext context, long data, T object) {
        calls.run(compatible, Callback.UNPRESERVE, () -> flb.unpreserve(faulty(context), data, object));
    }

    @Override
    public T retrieve(FlbContext context, long data) throws LiveUpdateException {
        return calls.call(compatible, Callback.RETRIEVE, () -> flb.retrieve(faulty(context), data));
    }

    @Override
    public void finish(FlbContext context, long data, T object) {
        calls.run(compatible, Callback.FINISH, () -> flb.finish(faulty(context), data, object));
    }

    @Override
    public long freeze(FlbContext context, long data, T object) throws LiveUpdateException {
        return calls.<Long, LiveUpdateException>call(compatible, Callback.FREEZE,
                () -> flb.freeze(faulty(context), data, object));
    }

    @Override
    public void unfreeze(FlbContext context, long data, T object) {
        calls.run(compatible, Callback.UNFREEZE, () -> flb.unfreeze(faulty(context), data, object));
    }

    @Override
    public void detach(FlbContext context, long data, T object) {
        calls.run(compatible, Callback.DETACH, () -> flb.detach(faulty(context), data, object));
    }

    @Override
    public Set<Callback> missing() {
        return flb.missing();
    }
}
