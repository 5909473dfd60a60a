package org.liveupdate.kexec;

import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleListener;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Whether all bundles that are to be started are started.
 *
 * <p>
 * The framework's STARTED event does not say that: launchers install and start bundles after it. If
 * {@code liveupdate.ready.filter} names a service that the launcher registers when it is done (that of bnd does), its
 * presence is the answer: starting a bundle, activating its components and tracking their services are synchronous, so
 * they are over by then, and a bundle that failed to start does not hold up the rest. Without a filter: the start level is
 * reached, and each bundle that is marked to be started is active, or waits for its first use. Providers that announce
 * themselves even later are the caller's to look for.
 */
final class BundlesStarted implements BooleanSupplier, AutoCloseable {
    private final BundleContext context;
    private final String filter;
    private final ServiceListener services;
    private final BundleListener bundles;
    private final FrameworkListener framework;

    /**
     * A condition.
     *
     * @param filter
     *            of the launcher's service, or null
     * @param listener
     *            called, once this is open, whenever the answer may have changed
     */
    BundlesStarted(BundleContext context, String filter, Runnable listener) {
        this.context = context;
        this.filter = filter;
        services = event -> listener.run();
        bundles = event -> listener.run();
        framework = event -> listener.run();
    }

    /** From now on the listener is called whenever the answer may have changed. */
    void open() {
        context.addServiceListener(services);
        context.addBundleListener(bundles);
        context.addFrameworkListener(framework);
    }

    @Override
    public void close() {
        try {
            context.removeServiceListener(services);
            context.removeBundleListener(bundles);
            context.removeFrameworkListener(framework);
        } catch (IllegalStateException e) {
            // the bundle has stopped, and its listeners with it
        }
    }

    @Override
    public boolean getAsBoolean() {
        try {
            return filter == null ? allActive() : context.getAllServiceReferences(null, filter) != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("the framework property liveupdate.ready.filter is no filter: " + filter,
                    e);
        } catch (IllegalStateException e) {
            // this bundle is stopping
            return false;
        }
    }

    private boolean allActive() {
        int level = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        for (Bundle bundle : context.getBundles()) {
            BundleStartLevel start = bundle.adapt(BundleStartLevel.class);
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (start != null && revision != null && start.isPersistentlyStarted() && start.getStartLevel() <= level
                    && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) == 0 && !isUp(bundle, start)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUp(Bundle bundle, BundleStartLevel start) {
        return bundle.getState() == Bundle.ACTIVE
                || bundle.getState() == Bundle.STARTING && start.isActivationPolicyUsed();
    }
}
