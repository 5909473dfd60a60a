package org.liveupdate.kexec;

import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
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
final class BundlesStarted implements BooleanSupplier {
    private final BundleContext context;
    private final String filter;

    /**
     * A condition.
     *
     * @param filter
     *            of the launcher's service, or null
     */
    BundlesStarted(BundleContext context, String filter) {
        this.context = context;
        this.filter = filter;
    }

    /** Calls back whenever the answer may have changed, until the bundle stops. */
    void onChange(Runnable listener) {
        context.addServiceListener(event -> listener.run());
        context.addBundleListener(event -> {
            if (event.getType() != BundleEvent.RESOLVED) {
                listener.run();
            }
        });
        context.addFrameworkListener(event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED || event.getType() == FrameworkEvent.STARTED) {
                listener.run();
            }
        });
    }

    @Override
    public boolean getAsBoolean() {
        try {
            return filter == null ? allActive() : context.getAllServiceReferences(null, filter) != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("the framework property liveupdate.ready.filter is no filter: " + filter, e);
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
