package org.liveupdate.core.osgi;

import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.Preserved;

/** An FLB without any state. */
final class NothingFlb implements Flb<Object> {
    @Override
    public Preserved<Object> preserve(FlbContext context) {
        return new Preserved<>(0, null);
    }

    @Override
    public void unpreserve(FlbContext context, long data, Object object) {
        // nothing was preserved
    }

    @Override
    public Object retrieve(FlbContext context, long data) {
        return null;
    }

    @Override
    public void finish(FlbContext context, long data, Object object) {
        // nothing was preserved
    }
}
