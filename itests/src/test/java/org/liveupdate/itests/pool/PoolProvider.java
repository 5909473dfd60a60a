package org.liveupdate.itests.pool;

import java.util.Hashtable;
import java.util.Map;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.api.LiveUpdateConstants;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers the pool and the numbers; headers of the bundle say what is missing or fails. */
public final class PoolProvider implements BundleActivator {
    /** Header: {@code flb} or {@code handler}, which is not offered. */
    public static final String WITHOUT = "Pool-Without";
    /** Header: {@code flb} or {@code handler}, which cannot retrieve. */
    public static final String FAILS = "Pool-Fails";

    @Override
    public void start(BundleContext context) {
        if (!has(context, WITHOUT, "flb")) {
            PoolFlb flb = new PoolFlb(context.getBundle().getVersion().toString(), has(context, FAILS, "flb"));
            register(context, Flb.class, flb, Map.of(LiveUpdateConstants.COMPATIBLE, PoolFlb.COMPATIBLE));
        }
        if (!has(context, WITHOUT, "handler")) {
            register(context, FileHandler.class, new NumberHandler(has(context, FAILS, "handler")),
                    Map.of(LiveUpdateConstants.COMPATIBLE, NumberHandler.COMPATIBLE, LiveUpdateConstants.FLBS,
                            PoolFlb.COMPATIBLE));
        }
    }

    private static boolean has(BundleContext context, String header, String value) {
        return value.equals(context.getBundle().getHeaders("").get(header));
    }

    private static void register(BundleContext context, Class<?> type, Object service, Map<String, ?> properties) {
        context.registerService(type.getName(), service, new Hashtable<>(properties));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework withdraws the services
    }
}
