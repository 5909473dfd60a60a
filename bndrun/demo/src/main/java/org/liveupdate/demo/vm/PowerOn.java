package org.liveupdate.demo.vm;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Preservation;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;
import org.liveupdate.demo.run.Units;
import org.liveupdate.providers.api.iommu.IommuCore;

/** The generation that begins: it builds the guest, lets its devices work, and preserves it. */
final class PowerOn {
    private final Settings settings;
    private final Services services;
    private final Report report;

    PowerOn(Settings settings, Services services, Report report) {
        this.settings = settings;
        this.services = services;
        this.report = report;
    }

    Optional<Preservation> play() throws Failure, IOException, LiveUpdateException {
        Duration patience = Performance.PATIENCE;
        LiveUpdate liveUpdate = services.await(LiveUpdate.class, patience);
        LiveUpdateRuntime runtime = services.await(LiveUpdateRuntime.class, patience);
        String unavailable = services.await(Kexec.class, patience).unavailable();
        if (!liveUpdate.enabled() || !unavailable.isEmpty()) {
            throw new Failure("a live update is not possible here: "
                    + (liveUpdate.enabled() ? unavailable : "it is switched off in this framework"));
        }
        services.await(() -> Providers.areReady(runtime.getRuntimeDTO()), patience, "a file handler is not ready");
        report.heading(settings.here() + ", builds a guest");
        Plan plan = Plan.of(settings.updates(), Settings.pid(), new SecureRandom().nextLong());
        Guest guest = new Building(services).build(plan);
        for (Memory memory : Memory.values()) {
            report.say(memory.name() + ": " + Units.size(memory.length()) + " at 0x"
                    + Long.toHexString(memory.start()) + ", filled");
        }
        IommuCore iommu = services.await(IommuCore.class, patience);
        Checks checks = new Checks(guest, plan);
        report.say(Units.count(guest.devices().size(), "device") + ", each a process of its own, write stamps of the "
                + "clock into the guest's memory; " + Units.count(checks.translations(iommu), "page")
                + " translated and compared.");
        checks.memory();
        services.await(() -> hasBegun(guest), patience, "a device does not write");
        new Preserving(liveUpdate, runtime).preserve(guest, plan);
        new VmTables(report, runtime.getRuntimeDTO()).show();
        return Optional.of(new LiveGuest(guest, plan));
    }

    private static boolean hasBegun(Guest guest) {
        try {
            return guest.written().stream().allMatch(number -> number > 0);
        } catch (LiveUpdateException e) {
            return false;
        }
    }
}
