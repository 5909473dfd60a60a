package org.liveupdate.health;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The health check {@value #NAME}; {@link Diagnosis} has its rules. Thread safe. */
@Component(property = {HealthCheck.NAME + "=" + LiveUpdateHealth.NAME, HealthCheck.TAGS + "=liveupdate"})
public final class LiveUpdateHealth implements HealthCheck {
    static final String NAME = "Live update";

    /** The core, or null while there is none. */
    private final AtomicReference<LiveUpdateRuntime> runtime = new AtomicReference<>();

    /** Called by DS. */
    public LiveUpdateHealth() {}

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRuntime(LiveUpdateRuntime core) {
        runtime.set(core);
    }

    void unbindRuntime(LiveUpdateRuntime core) {
        runtime.compareAndSet(core, null);
    }

    @Override
    public Result execute() {
        LiveUpdateRuntime core = runtime.get();
        FormattingResultLog log = new FormattingResultLog();
        if (core == null) {
            log.critical("The core is not running: start the bundle org.liveupdate.core.");
        } else {
            new Diagnosis(log).of(core.getRuntimeDTO());
        }
        return new Result(log);
    }
}
