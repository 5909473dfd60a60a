package org.liveupdate.providers.kvm.internal;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Makes what the components of this bundle share, before Declarative Services creates any of them.
 *
 * <p>No component refers to it: while one version of this bundle replaces another both are active, and Equinox offers the
 * internal service of the one to the other.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

    /** Called by the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        context.registerService(Kvm.class, new Kvm(), null);
    }

    @Override
    public void stop(BundleContext context) {}

    /** What this very bundle's activator has made; called while the bundle is active. */
    static Kvm shared(BundleContext context) {
        String own = "(" + Constants.SERVICE_BUNDLEID + "=" + context.getBundle().getBundleId() + ")";
        try {
            return context.getService(context.getServiceReferences(Kvm.class, own).iterator().next());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
