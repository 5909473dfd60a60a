package org.liveupdate.demo.vm;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.UpdateDTO;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.FlbProof;
import org.liveupdate.demo.run.PastUpdate;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Preservation;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;
import org.liveupdate.demo.run.TimeLine;
import org.liveupdate.demo.run.Units;
import org.liveupdate.providers.api.iommu.IommuCore;

/** A generation that takes over: it proves that the guest is whole and its devices never stopped, and passes it on. */
final class VmSuccessor {
    private final Settings settings;
    private final Services services;
    private final Report report;

    VmSuccessor(Settings settings, Services services, Report report) {
        this.settings = settings;
        this.services = services;
        this.report = report;
    }

    Optional<Preservation> play() throws Failure, IOException, LiveUpdateException {
        Retrieving retrieving = new Retrieving();
        LiveUpdate liveUpdate = services.await(LiveUpdate.class);
        Guest guest = retrieving.retrieve(liveUpdate, services);
        LiveUpdateRuntime runtime = services.await(LiveUpdateRuntime.class, Performance.PATIENCE);
        Plan old = PlanFormat.read(guest.plan());
        UpdateDTO update = runtime.getRuntimeDTO().update;
        if (update == null) {
            throw new Failure("no live update led here: a guest's image cannot be resumed, its devices are gone; "
                    + "give it up with vm --discard");
        }
        Plan plan = old.after(PastUpdate.of(old.pid(), Settings.pid(), update));
        report.heading(settings.here() + ", is in charge after live update " + plan.past().size() + " of "
                + plan.updates());
        retrieving.refuseToFinish();
        Retrieving.reclaim(guest);
        prove(guest, old, retrieving, update);
        retrieving.finish();
        report.say("The session could not be finished before the devices were reclaimed; now it is. What its files "
                + "share went with it:");
        FlbProof proof = new FlbProof(old.pid(), old.flbs(), runtime.getRuntimeDTO());
        report.table(proof.table());
        proof.check();
        report.heading("Time line of live update " + plan.past().size());
        report.table(TimeLine.of(plan.past().get(plan.past().size() - 1)));
        if (plan.left() == 0) {
            sumUp(guest, plan);
            return Optional.empty();
        }
        new Preserving(liveUpdate, runtime).preserve(guest, plan);
        return Optional.of(new LiveGuest(guest, plan));
    }

    private void prove(Guest guest, Plan old, Retrieving retrieving, UpdateDTO update)
            throws Failure, IOException, LiveUpdateException {
        Checks checks = new Checks(guest, old);
        long begin = retrieving.end() - TimeUnit.MICROSECONDS.toNanos(update.blackout);
        report.table(checks.devices(begin, retrieving.end()));
        report.say("The blackout took " + Units.millis(update.blackout)
                + "; the devices went on, and no stamp is missing.");
        checks.memory();
        IommuCore iommu = services.await(IommuCore.class, Performance.PATIENCE);
        long pages = checks.translations(iommu);
        report.say("The guest reads what it wrote. " + Units.count(pages, "page")
                + " translated and compared; what is not mapped faults.");
    }

    private void sumUp(Guest guest, Plan plan) throws Failure, LiveUpdateException {
        for (DmaRing ring : guest.rings()) {
            ring.stop();
        }
        guest.close();
        report.heading("What each generation used");
        report.table(VmTables.footprints(plan.footprints()));
        if (plan.past().size() > 1) {
            report.say(TimeLine.blackouts(plan.past()));
        }
        Checks.pages(plan.footprints());
        report.result("OK: 1 guest, " + Units.count(Machine.DEVICES, "device") + ", "
                + Units.count(plan.past().size(), "live update") + ", nothing lost");
    }
}
