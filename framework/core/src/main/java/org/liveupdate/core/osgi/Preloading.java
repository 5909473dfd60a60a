package org.liveupdate.core.osgi;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Loads classes of a provider before anybody waits for its callbacks: those in the packages of its FLBs and file handlers,
 * which is where their first callbacks find most of what they need.
 */
final class Preloading {
    private static final Set<String> PROVIDERS = Set.of(Flb.class.getName(), FileHandler.class.getName());
    private static final String SUFFIX = ".class";

    private final BundleContext context;
    private final Bundle bundle;
    private final BundleWiring wiring;

    /** Of a bundle that has started. */
    Preloading(BundleContext context, Bundle bundle) {
        this.context = context;
        this.bundle = bundle;
        this.wiring = bundle.adapt(BundleWiring.class);
    }

    /**
     * Loads and links; initializes nothing, because that may have effects. What cannot be loaded is left to whoever needs
     * it.
     */
    void run() {
        for (String each : packages()) {
            for (String path : wiring.listResources(each.replace('.', '/'), '*' + SUFFIX,
                    BundleWiring.LISTRESOURCES_LOCAL)) {
                link(path.substring(0, path.length() - SUFFIX.length()).replace('/', '.'));
            }
        }
    }

    private Set<String> packages() {
        Set<String> packages = new HashSet<>();
        ServiceReference<?>[] offered = bundle.getRegisteredServices();
        for (ServiceReference<?> reference : offered == null ? new ServiceReference<?>[0] : offered) {
            String[] types = (String[]) reference.getProperty(Constants.OBJECTCLASS);
            if (Arrays.stream(types).anyMatch(PROVIDERS::contains)) {
                Object service = context.getService(reference);
                if (service != null) {
                    packages.add(service.getClass().getPackageName());
                    context.ungetService(reference);
                }
            }
        }
        return packages;
    }

    private void link(String name) {
        try {
            // whoever asks a class for its methods has it linked
            Class.forName(name, false, wiring.getClassLoader()).getDeclaredMethods();
        } catch (ClassNotFoundException | LinkageError e) {
            // such as a class that needs a package whose import is optional
        }
    }
}
