package org.liveupdate.shell;

import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Bundles as modules. A command that is refused throws a {@link LiveUpdateException}, which Gogo prints: the error number
 * and a sentence. Thread safe.
 */
@Component(service = ModuleCommands.class, property = {"osgi.command.scope=liveupdate",
        "osgi.command.function=modules", "osgi.command.function=unload", "osgi.command.function=plan",
        "osgi.command.function=swap"})
public final class ModuleCommands {
    private static final String BUNDLE = "the bundle's id or symbolic name";

    private final BundleContext context;
    private final LiveUpdateRuntime runtime;
    private final Modules modules;

    /** Called by DS. */
    @Activate
    public ModuleCommands(BundleContext context, @Reference LiveUpdateRuntime runtime, @Reference Modules modules) {
        this.context = context;
        this.runtime = runtime;
        this.modules = modules;
    }

    /** {@code lsmod}. */
    @Descriptor("shows the bundles that provide or hold something: state, references, used by (lsmod)")
    public ModuleDTO[] modules() {
        return runtime.getRuntimeDTO().modules;
    }

    /** {@code rmmod}. */
    @Descriptor("stops and uninstalls a bundle that nobody uses (rmmod)")
    public void unload(
            @Descriptor("detach first what is in use") @Parameter(names = {"-f", "--force"}, absentValue = "false",
                    presentValue = "true") boolean force,
            @Descriptor(BUNDLE) String bundle) throws LiveUpdateException {
        modules.unload(find(bundle), force);
    }

    /** Returns no line if a swap is possible. */
    @Descriptor("says what would be refused or refreshed if a bundle were swapped; nothing if it can be")
    public List<String> plan(@Descriptor(BUNDLE) String bundle) throws LiveUpdateException {
        return modules.plan(find(bundle));
    }

    /** Returns the new bundle. */
    @Descriptor("replaces a bundle by another one; what it keeps stays, and nobody else stops")
    public Bundle swap(@Descriptor(BUNDLE) String bundle, @Descriptor("where the new jar is") String url)
            throws LiveUpdateException {
        return modules.swap(find(bundle), url, null);
    }

    private Bundle find(String argument) throws LiveUpdateException {
        return new BundleArgument(context.getBundles()).find(argument);
    }
}
