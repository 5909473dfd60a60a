package org.liveupdate.demo.files;

import org.liveupdate.demo.run.Generation;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Scenario;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;

/** Files are loaded, and compared after each live update. */
public final class FilesScenario implements Scenario {
    /** The scenario; it keeps nothing. */
    public FilesScenario() {}

    @Override
    public String command() {
        return "demo";
    }

    @Override
    public Generation first(Settings settings, Services services, Report report) {
        return new FirstGeneration(settings, services, report);
    }

    @Override
    public Generation successor(Settings settings, Services services, Report report) {
        return new Successor(settings, services, report);
    }
}
