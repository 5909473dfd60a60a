package org.liveupdate.demo;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.demo.files.FilesScenario;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Scenario;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;
import org.liveupdate.demo.run.StopSignal;
import org.liveupdate.demo.run.Terminal;
import org.liveupdate.demo.vm.VmScenario;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.liveupdate.providers.api.iommu.IommufdFactory;
import org.liveupdate.providers.api.kvm.KvmFactory;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.vfio.VfioFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The scenarios as a component. Runs the one that the property {@code liveupdate.command} names; does nothing if it
 * names none.
 *
 * <p>
 * It needs no service to be there: the scenario's thread waits for them, so that in a successor its classes are loaded
 * before the handover and the first retrieve follows at once, and so that a service which does not come is a sentence
 * instead of silence.
 */
@Component(service = {})
public final class Demo {
    private static final List<Class<?>> WANTED = List.of(LiveUpdate.class, LiveUpdateRuntime.class, Kexec.class,
            MemfdFactory.class, HugeMemfdFactory.class, KvmFactory.class, IommufdFactory.class, IommuCore.class,
            PciCore.class, VfioFactory.class);

    private final StopSignal stop;
    private final Services services;
    private final BundleContext context;
    private final List<Watch<?>> watches = new ArrayList<>();
    /** Null if no scenario is wanted. */
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
        for (Scenario scenario : List.of(new FilesScenario(), new VmScenario())) {
            if (Settings.wants(scenario, context::getProperty)) {
                start(scenario);
            }
        }
    }

    private void start(Scenario scenario) {
        WANTED.forEach(type -> watches.add(new Watch<>(context, type, services)));
        Report report = new Report(System.out, System.err, Terminal.isThere(), System::nanoTime, stop);
        performance = new Performance(scenario, context::getProperty, services, stop, report);
        Thread thread = new Thread(performance, "liveupdate " + scenario.command());
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void deactivate() {
        if (performance != null) {
            performance.stop();
        }
        watches.forEach(Watch::close);
    }
}
