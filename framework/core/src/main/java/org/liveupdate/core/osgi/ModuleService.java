package org.liveupdate.core.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/** Unloads and replaces bundles: the order is always gate, drain, and only then the framework. */
final class ModuleService implements Modules {
    /** Bundles without which nothing here works. */
    private static final Set<String> OURS = Set.of("org.liveupdate.api", "org.liveupdate.core", "org.liveupdate.kho",
            "org.liveupdate.kexec");

    /** Bundles that every provider is wired to. */
    private static final Set<String> SHARED = Set.of("org.liveupdate.api", "org.liveupdate.kho");

    private final Orchestrator core;
    private final Whiteboard whiteboard;
    private final BundleModules modules;
    private final BundleContext context;

    ModuleService(Orchestrator core, Whiteboard whiteboard, BundleModules modules, BundleContext context) {
        this.core = core;
        this.whiteboard = whiteboard;
        this.modules = modules;
        this.context = context;
    }

    @Override
    public List<String> holders(Bundle bundle) {
        return core.owners().holders(modules.of(bundle));
    }

    @Override
    public void unload(Bundle bundle, boolean force) throws LiveUpdateException {
        String what = bundle.toString();
        try {
            remove(bundle, force);
            core.journal().write(EventId.UNLOADED, what,
                    what + (force ? " was unloaded by force; what it preserved stays, detached" : " was unloaded"));
        } catch (LiveUpdateException e) {
            core.journal().write(EventId.UNLOAD_REFUSED, what, e.errno(), e.getMessage());
            throw e;
        }
    }

    private void remove(Bundle bundle, boolean force) throws LiveUpdateException {
        checkInstalled(bundle);
        checkNotOurs(bundle, "unloaded");
        Module module = modules.of(bundle);
        if (!force) {
            core.owners().beginUnload(module);
        }
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            if (bundle.getState() == Bundle.ACTIVE) {
                core.owners().moduleState(module, Module.State.LIVE);
            }
            throw new LiveUpdateException(Errno.EIO, module + " could not be uninstalled: " + e.getMessage());
        }
    }

    @Override
    public List<String> plan(Bundle old) {
        List<String> obstacles = new ArrayList<>();
        if (isOurs(old)) {
            obstacles.add(old.getSymbolicName() + " is part of live update itself: every provider would be restarted; "
                    + "update it with a kexec");
        }
        for (Bundle dependent : dependents(old)) {
            obstacles.add(
                    dependent + " is wired to " + old + " and would be refreshed: move the packages that it imports "
                            + "into a bundle that is not replaced");
        }
        return obstacles;
    }

    @Override
    public List<String> plan(Bundle old, String location, InputStream content) {
        try {
            List<String> obstacles = plan(old);
            obstacles.addAll(new SwapPreflight(context, core.journal(), core.owners().inUse(modules.of(old)))
                    .run(location, content));
            return obstacles;
        } finally {
            close(content);
        }
    }

    private Collection<Bundle> dependents(Bundle bundle) {
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        List<Bundle> dependents = new ArrayList<>(wiring.getDependencyClosure(List.of(bundle)));
        dependents.remove(bundle);
        return dependents;
    }

    @Override
    public Bundle swap(Bundle old, String location, InputStream content) throws LiveUpdateException {
        try {
            return replace(old, location, content);
        } finally {
            close(content); // the framework closes what it reads, and a refusal comes before that
        }
    }

    private void close(InputStream content) {
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException e) {
            core.journal().write(EventId.NOT_REMOVED, "jar", Errno.EIO,
                    "the jar for a swap could not be closed: " + e.getMessage());
        }
    }

    private Bundle replace(Bundle old, String location, InputStream content) throws LiveUpdateException {
        if (SHARED.contains(old.getSymbolicName())) {
            throw new LiveUpdateException(Errno.EBUSY,
                    old + " is not replaced: every provider is wired to it and would "
                            + "be refreshed; update it with a kexec");
        }
        checkNotOurs(old, "replaced");
        Collection<Bundle> dependents = old.getState() == Bundle.UNINSTALLED ? List.of() : dependents(old);
        if (!dependents.isEmpty()) {
            throw new LiveUpdateException(Errno.EBUSY,
                    old + " is not replaced: other bundles are wired to it and would "
                            + "be refreshed: " + dependents);
        }
        return new BundleSwap(core, whiteboard, modules, context, old).run(location, content);
    }

    private static boolean isOurs(Bundle bundle) {
        return bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID || OURS.contains(bundle.getSymbolicName());
    }

    private static void checkNotOurs(Bundle bundle, String done) throws LiveUpdateException {
        if (isOurs(bundle)) {
            throw new LiveUpdateException(Errno.EPERM, bundle + " is part of live update itself and is not " + done
                    + " here; update it with a kexec, or stop the framework");
        }
    }

    private static void checkInstalled(Bundle bundle) throws LiveUpdateException {
        if (bundle.getState() == Bundle.UNINSTALLED) {
            throw new LiveUpdateException(Errno.EINVAL, bundle + " is not installed any more");
        }
    }
}
