package org.liveupdate.shell;

import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.shell.text.Quantity;
import org.liveupdate.shell.text.SwapPlan;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Live updates of both kinds, planned, and that to a new JVM carried out. Thread safe. */
@Component(service = UpdateCommands.class, property = {"osgi.command.scope=liveupdate",
        "osgi.command.function=plan", "osgi.command.function=kexec"})
public final class UpdateCommands {
    private static final String KEXEC = "kexec";

    private final BundleContext context;
    private final LiveUpdateRuntime runtime;
    private final Modules modules;
    /** Null where its bundle is not installed. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Kexec kexec;

    /** Called by DS. */
    @Activate
    public UpdateCommands(BundleContext context, @Reference LiveUpdateRuntime runtime, @Reference Modules modules) {
        this.context = context;
        this.runtime = runtime;
        this.modules = modules;
    }

    /** Starts a successor, and ends it again. */
    @Descriptor("starts a successor and lists what would not survive a live update to it; changes nothing")
    public Object plan(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) throws LiveUpdateException {
        return plan(json, KEXEC);
    }

    /** What a kexec or a swap would meet. */
    @Descriptor("says what a kexec, or the swap of a bundle, would meet; changes nothing")
    public Object plan(
            @Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean json,
            @Descriptor("kexec, or " + ModuleCommands.BUNDLE) String what) throws LiveUpdateException {
        if (what.equals(KEXEC)) {
            return Output.of(json, available().plan());
        }
        Bundle bundle = new BundleArgument(context.getBundles()).find(what);
        List<String> holders = modules.holders(bundle);
        return Output.of(json, new SwapPlan(BundleArgument.name(bundle), holders, modules.plan(bundle)));
    }

    /** What the swap of a bundle by one particular jar would meet. */
    @Descriptor("says what the swap of a bundle by a jar would meet; changes nothing")
    public Object plan(
            @Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean json,
            @Descriptor(ModuleCommands.BUNDLE) String what, @Descriptor("where the new jar is") String url)
            throws LiveUpdateException {
        Bundle bundle = new BundleArgument(context.getBundles()).find(what);
        return Output.of(json, new SwapPlan(BundleArgument.name(bundle), modules.holders(bundle),
                modules.plan(bundle, url, null)));
    }

    /** Does not return when it succeeds. */
    @Descriptor("replaces this JVM by a successor, which takes over all preserved state")
    public void kexec(CommandSession session,
            @Descriptor("goes on although the successor cannot read everything") @Parameter(names = {"-f", "--force"},
                    absentValue = Flag.OFF, presentValue = Flag.ON) boolean force,
            @Descriptor(Flag.YES_TEXT) @Parameter(names = {"-y", Flag.YES}, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean yes)
            throws LiveUpdateException {
        Kexec service = available();
        Confirmation.of(session).require(yes, "kexec replaces this JVM by a successor, which takes over "
                + preserved(runtime.getRuntimeDTO())
                + (force ? "; what it cannot read waits there for a provider" : "")
                + ". Everything else in this JVM ends.");
        service.kexec(force);
    }

    private static String preserved(RuntimeDTO core) {
        long sessions = Arrays.stream(core.sessions).filter(session -> session.side.equals("OUTGOING")).count();
        long files = Arrays.stream(core.sessions).filter(session -> session.side.equals("OUTGOING"))
                .mapToLong(session -> session.files.length).sum();
        long flbs = Arrays.stream(core.flbs).filter(flb -> flb.files > 0).count();
        return Quantity.of(sessions, "session") + " with " + Quantity.of(files, "file") + " and "
                + Quantity.of(flbs, "FLB");
    }

    private Kexec available() throws LiveUpdateException {
        Kexec service = kexec;
        if (service == null) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP, KexecBundle.unavailable(null));
        }
        return service;
    }
}
