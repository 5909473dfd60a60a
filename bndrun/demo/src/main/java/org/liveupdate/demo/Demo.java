package org.liveupdate.demo;

import org.liveupdate.demo.files.FilesScenario;
import org.liveupdate.demo.run.Scenario;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;
import org.liveupdate.demo.run.StopSignal;
import org.liveupdate.demo.run.Terminal;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The scenarios as a component. Runs the one that the property {@code liveupdate.command} names; does nothing if it
 * names none.
 *
 * <p>
 * Its references are optional and dynamic: the demo's thread waits for the services, so that in a successor its classes
 * are loaded before the handover and the first retrieve follows at once, and so that a service which does not come is a
 * sentence instead of silence.
 */
@Component(service = {})
public final class Demo {
    private final StopSignal stop;
    private final Services services;
    private final BundleContext context;
    /** Null if the demo is not wanted. */
    private Performance performance;

    @Activate
    public Demo(BundleContext context) {
        this.context = context;
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        stop = new StopSignal(() -> framework.getState() == Bundle.STOPPING);
        services = new Services(stop);
    }

    @Activate
    void activate() {
        for (Scenario scenario : List.of(new FilesScenario())) {
            if (Settings.wants(scenario, context::getProperty)) {
                start(scenario);
            }
        }
    }

    private void start(Scenario scenario) {
        Report report = new Report(System.out, System.err, Terminal.isThere(), System::nanoTime, stop);
        performance = new Performance(scenario, context::getProperty, services, stop, report);
        Thread thread = new Thread(performance, "liveupdate demo");
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void deactivate() {
        if (performance != null) {
            performance.stop();
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindLiveUpdate(LiveUpdate service) {
        services.arrived(LiveUpdate.class, service);
    }

    void unbindLiveUpdate(LiveUpdate service) {
        services.left(LiveUpdate.class, service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindRuntime(LiveUpdateRuntime service) {
        services.arrived(LiveUpdateRuntime.class, service);
    }

    /** Its change count has grown. */
    void updatedRuntime(LiveUpdateRuntime service) {
        services.changed();
    }

    void unbindRuntime(LiveUpdateRuntime service) {
        services.left(LiveUpdateRuntime.class, service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindKexec(Kexec service) {
        services.arrived(Kexec.class, service);
    }

    void unbindKexec(Kexec service) {
        services.left(Kexec.class, service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindMemfds(MemfdFactory service) {
        services.arrived(MemfdFactory.class, service);
    }

    void unbindMemfds(MemfdFactory service) {
        services.left(MemfdFactory.class, service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindHugeMemfds(HugeMemfdFactory service) {
        services.arrived(HugeMemfdFactory.class, service);
    }

    void unbindHugeMemfds(HugeMemfdFactory service) {
        services.left(HugeMemfdFactory.class, service);
    }
}
