package org.liveupdate.itests.pool;

import java.util.function.LongSupplier;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.itests.types.Pool;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that depends on the pool: its service counts one more through a handle, and returns the sum. */
public final class PoolUser implements BundleActivator, LongSupplier {
    private static final FlbKey<Pool> POOL = new FlbKey<>(PoolFlb.COMPATIBLE, Pool.class);

    private LiveUpdate liveUpdate;

    @Override
    public void start(BundleContext context) {
        liveUpdate = context.getService(context.getServiceReference(LiveUpdate.class));
        context.registerService(LongSupplier.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework gives back the service
    }

    @Override
    public long getAsLong() {
        try (FlbHandle<Pool> pool = liveUpdate.getOutgoing(POOL)) {
            return pool.get().applyAsLong(1);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }
}
