package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
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

    private Hugetlb hugetlb;

    /** Called by the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        hugetlb = new Hugetlb(context::getProperty, SystemPageSizes.SYSFS);
        context.registerService(Hugetlb.class, hugetlb, null);
    }

    @Override
    public void stop(BundleContext context) throws IOException {
        hugetlb.stop();
    }

    /** What this very bundle's activator has made; called while the bundle is active. */
    static Hugetlb shared(BundleContext context) {
        String own = "(" + Constants.SERVICE_BUNDLEID + "=" + context.getBundle().getBundleId() + ")";
        try {
            return context.getService(context.getServiceReferences(Hugetlb.class, own).iterator().next());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
