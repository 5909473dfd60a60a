package org.liveupdate.demo.files;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.demo.files.Cargo.Copy;
import org.liveupdate.demo.run.Ascii;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.FlbProof;
import org.liveupdate.demo.run.Generation;
import org.liveupdate.demo.run.PastUpdate;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Preservation;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;
import org.liveupdate.demo.run.Table;
import org.liveupdate.demo.run.TimeLine;
import org.liveupdate.demo.run.Units;

/** A generation that takes over: it proves that everything is there, and passes it on if updates are left. */
final class Successor implements Generation {
    private final Settings settings;
    private final Services services;
    private final Report report;

    Successor(Settings settings, Services services, Report report) {
        this.settings = settings;
        this.services = services;
        this.report = report;
    }

    @Override
    public Optional<Preservation> play() throws Failure, InterruptedIOException {
        Retrieving retrieving = new Retrieving();
        LiveUpdate liveUpdate = services.await(LiveUpdate.class);
        if (settings.resumed()) {
            awaitProviders(); // a successor has them before it is in charge
        }
        Cargo cargo = retrieving.retrieve(liveUpdate);
        LiveUpdateRuntime runtime = services.await(LiveUpdateRuntime.class, Performance.PATIENCE);
        Manifest manifest = arrived(retrieving.manifest(), runtime);
        prove(cargo, retrieving, runtime);
        if (!settings.resumed()) {
            PastUpdate update = manifest.past().get(manifest.past().size() - 1);
            report.heading("Time line of live update " + manifest.past().size());
            report.table(TimeLine.of(update));
        }
        if (manifest.left() == 0) {
            sumUp(cargo, manifest.past());
            cargo.close();
            return Optional.empty();
        }
        new Preserving(liveUpdate, runtime).preserve(cargo, manifest);
        report.say("The same live files are preserved again, in new sessions of the same names.");
        return Optional.of(new LoadedFiles(cargo, report));
    }

    private void awaitProviders() throws Failure, InterruptedIOException {
        LiveUpdateRuntime runtime = services.await(LiveUpdateRuntime.class, Performance.PATIENCE);
        services.await(() -> Readiness.of(runtime.getRuntimeDTO()), Performance.PATIENCE,
                "a file handler is not ready");
    }

    /** Says who hands over, and returns the manifest as this generation would write it. */
    private Manifest arrived(Manifest old, LiveUpdateRuntime runtime) {
        if (settings.resumed()) {
            report.heading(settings.here() + ", goes on with what JVM " + old.pid() + " left in an image");
            report.say("No live update led here. The files are compared with the digests taken when they were loaded.");
            return old.resumedBy(Settings.pid());
        }
        Manifest manifest = old.after(PastUpdate.of(old.pid(), Settings.pid(), runtime.getRuntimeDTO().update));
        report.heading(settings.here() + ", is in charge after live update " + manifest.past().size() + " of "
                + manifest.updates());
        report.say("JVM " + old.pid() + " handed over and cannot touch the data any more. Nothing was loaded here: the "
                + "bytes are where they were, and are now compared with the digests taken when they were loaded.");
        return manifest;
    }

    private void prove(Cargo cargo, Retrieving retrieving, LiveUpdateRuntime runtime)
            throws Failure, InterruptedIOException {
        new Comparison(report).compare(cargo);
        Table table = new Table().left("loaded from").left("session").right("token").right("bytes").left("SHA-256")
                .left("here");
        for (Copy copy : cargo.copies()) {
            table.row(Ascii.cut(copy.entry().shortName(), 26), copy.session(), Long.toString(copy.entry().token()),
                    Units.exact(copy.entry().length()), copy.entry().sha256().substring(0, 16) + "...", "equal");
        }
        report.table(table);
        retrieving.finish();
        FlbProof proof = new FlbProof(retrieving.manifest().pid(), retrieving.manifest().flbs(),
                runtime.getRuntimeDTO());
        report.say("Both sessions are finished. What the files share went with them:");
        report.table(proof.table());
        proof.check();
    }

    private void sumUp(Cargo cargo, List<PastUpdate> past) {
        if (past.size() > 1) {
            report.heading("All live updates");
            report.table(TimeLine.of(past));
            report.say(TimeLine.blackouts(past));
        }
        report.result("OK: " + Units.count(cargo.copies().size(), "file") + ", " + Units.count(cargo.bytes(), "byte")
                + ", " + Units.count(past.size(), "live update") + ", every digest equal");
    }
}
