package org.liveupdate.providers.pci.internal;

import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Scope;

/** What a driver has that calls the PCI core outside of its callbacks. */
record Loose(LiveUpdate liveUpdate) implements CallbackContext {

    @Override
    public String compatible() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Side side() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reason reason() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Scope memory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Pool pool() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> FlbHandle<T> getOutgoing(FlbKey<T> key) throws LiveUpdateException {
        return liveUpdate.getOutgoing(key);
    }

    @Override
    public <T> FlbHandle<T> getIncoming(FlbKey<T> key) throws LiveUpdateException {
        return liveUpdate.getIncoming(key);
    }
}
