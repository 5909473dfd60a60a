package org.liveupdate.core.osgi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Bundles as modules. Synchronous, so that a bundle on its way out is GOING before its activator is called; it never
 * blocks.
 */
final class BundleModules implements SynchronousBundleListener {
    private final Orchestrator core;
    private final BundleContext context;
    private final Map<Long, Module> modules = new ConcurrentHashMap<>();

    BundleModules(Orchestrator core, BundleContext context) {
        this.core = core;
        this.context = context;
    }

    void open() {
        context.addBundleListener(this);
    }

    void close() {
        context.removeBundleListener(this);
    }

    Module of(Bundle bundle) {
        return modules.computeIfAbsent(bundle.getBundleId(),
                id -> Module.of(bundle.getSymbolicName(), bundle.getVersion().toString(), id,
                        state(bundle.getState())));
    }

    private static Module.State state(int bundleState) {
        return switch (bundleState) {
            case Bundle.STARTING -> Module.State.COMING;
            case Bundle.ACTIVE -> Module.State.LIVE;
            default -> Module.State.GOING;
        };
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.STARTING, BundleEvent.LAZY_ACTIVATION -> become(bundle, Module.State.COMING);
            case BundleEvent.STARTED -> become(bundle, Module.State.LIVE);
            case BundleEvent.STOPPING, BundleEvent.STOPPED -> become(bundle, Module.State.GOING);
            // another version may follow under the same id: it is another module then
            case BundleEvent.UPDATED, BundleEvent.UNINSTALLED -> modules.remove(bundle.getBundleId());
            default -> {}
        }
    }

    private void become(Bundle bundle, Module.State state) {
        Module module = modules.get(bundle.getBundleId());
        if (module != null) {
            core.moduleState(module, state);
        }
    }
}
