package org.liveupdate.itests.pool;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.itests.types.Pool;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that does what a test outside of the framework tells it. */
public final class Agent implements BundleActivator, UnaryOperator<String> {
    private static final FlbKey<Pool> POOL = new FlbKey<>(PoolFlb.COMPATIBLE, Pool.class);
    private static final String SESSION = "agent";

    private LiveUpdate liveUpdate;

    @Override
    public void start(BundleContext context) {
        liveUpdate = context.getService(context.getServiceReference(LiveUpdate.class));
        context.registerService(UnaryOperator.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework gives back the service, with whatever is open
    }

    @Override
    public String apply(String command) {
        try {
            return switch (command) {
                case "use" -> use();
                case "take over" -> takeOver();
                default -> throw new IllegalArgumentException(command);
            };
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    private String use() throws LiveUpdateException {
        Session session = liveUpdate.createSession(SESSION);
        session.preserve(1, new AtomicLong(7));
        FlbHandle<Pool> pool = liveUpdate.getOutgoing(POOL);
        FileHandle<AtomicLong> file = session.open(1, AtomicLong.class);
        return "count " + pool.get().applyAsLong(5) + ", file " + file.get() + ", handles open";
    }

    private String takeOver() throws LiveUpdateException {
        try (Session session = liveUpdate.retrieveSession(SESSION)) {
            String found;
            try (FlbHandle<Pool> pool = liveUpdate.getIncoming(POOL)) {
                found = "count " + pool.get().applyAsLong(0) + " in " + pool.get();
            }
            String file = ", file " + session.retrieve(1, AtomicLong.class);
            session.finish();
            return found + file + ", finished";
        }
    }
}
