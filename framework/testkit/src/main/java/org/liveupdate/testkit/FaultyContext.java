package org.liveupdate.testkit;

import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Scope;

/** A callback's context in which memory fails where {@link Faults} says so. */
class FaultyContext implements CallbackContext {
    private final CallbackContext context;
    private final Faults faults;

    FaultyContext(CallbackContext context, Faults faults) {
        this.context = context;
        this.faults = faults;
    }

    @Override
    public final String compatible() {
        return context.compatible();
    }

    @Override
    public final Side side() {
        return context.side();
    }

    @Override
    public final Reason reason() {
        return context.reason();
    }

    @Override
    public final Scope memory() throws LiveUpdateException {
        return new FaultyScope(context.memory(), faults);
    }

    @Override
    public final Pool pool() throws LiveUpdateException {
        return new FaultyPool(context.pool(), faults);
    }

    @Override
    public final <T> FlbHandle<T> getOutgoing(FlbKey<T> key) throws LiveUpdateException {
        return context.getOutgoing(key);
    }

    @Override
    public final <T> FlbHandle<T> getIncoming(FlbKey<T> key) throws LiveUpdateException {
        return context.getIncoming(key);
    }
}
