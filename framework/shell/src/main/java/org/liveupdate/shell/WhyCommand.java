package org.liveupdate.shell;

import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.shell.why.Explanation;
import org.liveupdate.shell.why.Situation;
import org.liveupdate.shell.why.Why;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** {@code why}: explains what is refused, pinned, missing or in the way. Thread safe. */
@Component(service = WhyCommand.class, property = {"osgi.command.scope=liveupdate", "osgi.command.function=why"})
public final class WhyCommand {
    private final LiveUpdateRuntime runtime;
    private final InstalledBundles bundles;
    /** Null where its bundle is not installed. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Kexec kexec;

    /** Called by DS. */
    @Activate
    public WhyCommand(BundleContext context, @Reference LiveUpdateRuntime runtime,
            @Reference ServiceComponentRuntime components) {
        this.runtime = runtime;
        this.bundles = new InstalledBundles(context, components);
    }

    /** All troubles. */
    @Descriptor("explains everything that is in trouble")
    public Object why(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        return output(json, Why.everything(situation()));
    }

    /** One thing. */
    @Descriptor("explains why something is refused, pinned, missing or in the way, and what to do")
    public Object why(
            @Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean json,
            @Descriptor("a bundle, a compatible string, a session, a token, or kexec") String name)
            throws LiveUpdateException {
        return output(json, Why.about(name, situation()));
    }

    private Situation situation() {
        return new Situation(runtime.getRuntimeDTO(), bundles.facts(), KexecBundle.unavailable(kexec));
    }

    private static Object output(boolean json, List<Explanation> explanations) {
        return Output.of(json, explanations.toArray(Explanation[]::new));
    }
}
