package org.liveupdate.shell;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Unloads and replaces bundles. Thread safe. */
@Component(service = ModuleCommands.class, property = {"osgi.command.scope=liveupdate",
        "osgi.command.function=unload", "osgi.command.function=swap"})
public final class ModuleCommands {
    static final String BUNDLE = "a bundle's id or symbolic name";

    private final BundleContext context;
    private final Modules modules;

    /** Called by DS. */
    @Activate
    public ModuleCommands(BundleContext context, @Reference Modules modules) {
        this.context = context;
        this.modules = modules;
    }

    /** {@code rmmod}. */
    @Descriptor("stops and uninstalls a bundle that nobody uses (rmmod)")
    public String unload(CommandSession session,
            @Descriptor("detaches first what is in use") @Parameter(names = {"-f", "--force"}, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean force,
            @Descriptor(Flag.YES_TEXT) @Parameter(names = {"-y", Flag.YES}, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean yes,
            @Descriptor(BUNDLE) String bundle) throws LiveUpdateException {
        Bundle module = find(bundle);
        List<String> holders = modules.holders(module);
        if (force && !holders.isEmpty()) {
            Confirmation.of(session).require(yes,
                    "unload detaches what " + BundleArgument.name(module) + " serves, and uninstalls it; nobody"
                            + " serves it then until a bundle that can is started: " + String.join(", ", holders));
        }
        modules.unload(module, force);
        return BundleArgument.name(module) + " is uninstalled";
    }

    /** Returns the new bundle. */
    @Descriptor("replaces a bundle by another one; what it keeps stays, and nobody else stops")
    public Object swap(CommandSession session,
            @Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean json,
            @Descriptor(Flag.YES_TEXT) @Parameter(names = {"-y", Flag.YES}, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean yes,
            @Descriptor(BUNDLE) String bundle, @Descriptor("where the new jar is") String url)
            throws LiveUpdateException {
        Bundle old = find(bundle);
        List<String> holders = modules.holders(old);
        Confirmation.of(session).require(yes,
                "swap replaces " + BundleArgument.name(old) + " by " + url + ", and uninstalls it; to the new"
                        + " one goes " + (holders.isEmpty() ? "nothing that is in use" : String.join(", ", holders)));
        return Output.of(json, modules.swap(old, url, null).adapt(BundleDTO.class));
    }

    private Bundle find(String argument) throws LiveUpdateException {
        return new BundleArgument(context.getBundles()).find(argument);
    }
}
