package org.liveupdate.demo.vm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Generation;
import org.liveupdate.demo.run.Preservation;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Scenario;
import org.liveupdate.demo.run.Services;
import org.liveupdate.demo.run.Settings;

/** A guest goes through live updates while its devices work. */
public final class VmScenario implements Scenario {
    /** The scenario; it keeps nothing. */
    public VmScenario() {}

    @Override
    public String command() {
        return "vm";
    }

    @Override
    public Generation first(Settings settings, Services services, Report report) {
        return told(new PowerOn(settings, services, report)::play);
    }

    @Override
    public Generation successor(Settings settings, Services services, Report report) {
        return told(new VmSuccessor(settings, services, report)::play);
    }

    /** What a generation does, with the errors of what it uses. */
    private interface Act {
        Optional<Preservation> play() throws Failure, IOException, LiveUpdateException;
    }

    private static Generation told(Act act) {
        return () -> {
            try {
                return act.play();
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException | LiveUpdateException e) {
                throw new Failure("the guest cannot go on: " + e.getMessage());
            }
        };
    }
}
