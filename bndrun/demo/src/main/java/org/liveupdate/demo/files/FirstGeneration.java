package org.liveupdate.demo.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.demo.files.Cargo.Item;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Generation;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Preservation;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;
import org.liveupdate.demo.run.Units;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;

/** The generation that begins: it loads the files, preserves them and shows what the core knows of them. */
final class FirstGeneration implements Generation {
    private final Settings settings;
    private final Services services;
    private final Report report;

    FirstGeneration(Settings settings, Services services, Report report) {
        this.settings = settings;
        this.services = services;
        this.report = report;
    }

    @Override
    public Optional<Preservation> play() throws Failure, InterruptedIOException {
        Duration patience = Performance.PATIENCE;
        LiveUpdate liveUpdate = services.await(LiveUpdate.class, patience);
        LiveUpdateRuntime runtime = services.await(LiveUpdateRuntime.class, patience);
        check(liveUpdate, services.await(Kexec.class, patience));
        MemfdFactory memfds = services.await(MemfdFactory.class, patience);
        HugeMemfdFactory hugeMemfds = services.await(HugeMemfdFactory.class, patience);
        services.await(() -> Readiness.of(runtime.getRuntimeDTO()), patience, "a file handler is not ready");
        List<Path> sources = settings.files().isEmpty()
                ? List.of(JdkFile.in(Path.of(System.getProperty("java.home"))))
                : settings.files();
        introduce(sources.size());
        Cargo cargo = load(sources, memfds, hugeMemfds);
        new Preserving(liveUpdate, runtime).preserve(cargo,
                new Manifest(settings.updates(), Settings.pid(), cargo.entries(), List.of(), List.of()));
        show(runtime, cargo, hugeMemfds);
        return Optional.of(new LoadedFiles(cargo, report));
    }

    private static void check(LiveUpdate liveUpdate, Kexec kexec) throws Failure {
        if (!liveUpdate.enabled()) {
            throw new Failure(
                    "live update is switched off in this framework; switch it on, or see above why it is off");
        }
        String unavailable = kexec.unavailable();
        if (!unavailable.isEmpty()) {
            throw new Failure("a live update is not possible here: " + unavailable);
        }
    }

    private void introduce(int files) {
        report.heading(settings.here() + ", loads " + Units.count(files, "file"));
        report.say("Each goes into handover memory twice: as a memfd, and as a file on huge pages. That memory "
                + "outlives the JVM. All else is about to be replaced: the JVM, the framework, every bundle.");
        report.blank();
    }

    private Cargo load(List<Path> sources, MemfdFactory memfds, HugeMemfdFactory hugeMemfds)
            throws Failure, InterruptedIOException {
        Loader loader = new Loader(memfds, hugeMemfds, report);
        List<Item> items = new ArrayList<>();
        for (Path source : sources) {
            items.add(loader.load(items.size() + 1, source));
        }
        try {
            Memfd manifest = memfds.create("demo manifest");
            return new Cargo(manifest, items);
        } catch (IOException e) {
            throw new Failure("cannot create the manifest: " + e.getMessage());
        }
    }

    private void show(LiveUpdateRuntime runtime, Cargo cargo, HugeMemfdFactory hugeMemfds) throws Failure {
        StateTables tables = new StateTables(runtime.getRuntimeDTO(), cargo, ManifestFile.size(cargo.manifest()));
        report.heading("Everything is preserved: no byte was copied for that, the pages are only marked");
        report.table(tables.sessions());
        report.table(tables.files());
        report.heading("The state that files share (FLB) is saved once, with the first file that depends on it");
        report.table(tables.flbs());
        report.say("At most " + LiveUpdateConstants.LUO_FLB_MAX + " of them fit. New huge pages come from "
                + hugeMemfds.backing() + ".");
        report.say("Huge pages of these files: " + backing(cargo) + ".");
        report.heading("Bundles with references (refs) cannot be unloaded now");
        report.table(tables.modules());
    }

    private static String backing(Cargo cargo) {
        return cargo.items().stream().map(Item::huge).collect(Collectors.groupingBy(
                huge -> huge.backing() + ", pages of " + Units.size(huge.pageSize()),
                Collectors.summingLong(HugeMemfd::pages))).entrySet().stream()
                .map(pages -> pages.getValue() + " in " + pages.getKey()).sorted().collect(Collectors.joining("; "));
    }
}
