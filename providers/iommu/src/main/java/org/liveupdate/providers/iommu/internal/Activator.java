package org.liveupdate.providers.iommu.internal;

import java.util.Hashtable;
import org.liveupdate.providers.api.fatal.FatalConditions;
import org.liveupdate.providers.api.fatal.FatalLog;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Makes what the components of this bundle share, before Declarative Services creates any of them, and shows the fatal
 * conditions.
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
        FatalLog fatal = new FatalLog(context.getBundle().getSymbolicName());
        context.registerService(FatalConditions.class, fatal, new Hashtable<>());
        context.registerService(Iommu.class, new Iommu(Settings.machine(context::getProperty), fatal), null);
    }

    @Override
    public void stop(BundleContext context) {
        // the components have stopped before, and with them what is not preserved
    }

    /** What this very bundle's activator has made; called while the bundle is active. */
    static Iommu shared(BundleContext context) {
        String own = "(" + Constants.SERVICE_BUNDLEID + "=" + context.getBundle().getBundleId() + ")";
        try {
            return context.getService(context.getServiceReferences(Iommu.class, own).iterator().next());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
