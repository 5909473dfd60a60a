package org.liveupdate.demo.files;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.demo.run.Generation;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;
import org.liveupdate.demo.run.StopSignal;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.memfd.MemfdFactory;

/** One generation in which everything but the demo is a fake. */
final class Stage {
    final FakeCore core;
    volatile boolean frameworkStops;
    final FakeFactories factories = new FakeFactories();
    final FakeKexec kexec = new FakeKexec();
    final StopSignal stop = new StopSignal(() -> frameworkStops);
    final Services services = new Services(stop);
    final Map<String, String> properties = new HashMap<>(Map.of("liveupdate.command", "demo"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Report report = new Report(stream(out), stream(err), false, System::nanoTime, stop);

    Stage(FakeCore core) {
        this.core = core;
        services.arrived(LiveUpdate.class, Partial.of(LiveUpdate.class, core));
        services.arrived(LiveUpdateRuntime.class, Partial.of(LiveUpdateRuntime.class, core));
        services.arrived(Kexec.class, kexec);
        services.arrived(MemfdFactory.class, factories);
        services.arrived(HugeMemfdFactory.class, factories);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    Stage files(List<Path> files) {
        properties.put("liveupdate.demo.file.count", Integer.toString(files.size()));
        for (int index = 0; index < files.size(); index++) {
            properties.put("liveupdate.demo.file." + index, files.get(index).toString());
        }
        return this;
    }

    Stage property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** Plays this generation up to the update, or to the end of the demo. */
    boolean play() throws Exception {
        Settings settings = Settings.of(properties::get);
        Generation generation = core.number() > 0
                ? new Successor(settings, services, report)
                : new FirstGeneration(settings, services, report);
        return generation.play().isPresent();
    }

    /** The same through {@link Performance}, as the component does it; returns the exit status. */
    Integer perform() {
        new Performance(new FilesScenario(), properties::get, services, stop, report).run();
        return kexec.status;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
