package org.liveupdate.itests.support;

import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** Waits for services. */
final class Services {
    private Services() {}

    /** The best service of a type, in any class space; without one in time an error that lists the bundles' states. */
    static Object await(BundleContext context, String type, String filter, long timeoutMillis)
            throws InterruptedException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, filter(type, filter), null);
        tracker.open(true);
        try {
            Object service = tracker.waitForService(timeoutMillis);
            if (service == null) {
                throw new AssertionError("no service " + type + " " + filter + " within " + timeoutMillis
                        + " ms; bundles: " + states(context));
            }
            return service;
        } finally {
            tracker.close();
        }
    }

    private static Filter filter(String type, String filter) {
        try {
            return FrameworkUtil.createFilter("(&(objectClass=" + type + ")" + filter + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String states(BundleContext context) {
        return Arrays.stream(context.getBundles()).map(Services::state).toList().toString();
    }

    private static String state(Bundle bundle) {
        return bundle.getSymbolicName() + (bundle.getState() == Bundle.ACTIVE ? "" : " in state " + bundle.getState());
    }
}
