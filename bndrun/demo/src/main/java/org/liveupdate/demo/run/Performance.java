package org.liveupdate.demo.run;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.LiveUpdateRuntime;

/**
 * A scenario in this generation, from its start to the live update or to the end of the JVM. Runs in a thread of its own.
 *
 * <p>
 * Stopping: while it works on files and sessions it is busy, and who stops it waits for it to leave everything in order.
 * While it waits in {@link Kexec} it is not: the update is then in other hands, and they know how to stop.
 */
public final class Performance implements Runnable {
    /** How long services may take to come in a generation that is in charge. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Scenario scenario;
    private final UnaryOperator<String> properties;
    private final Services services;
    private final StopSignal stop;
    private final Report report;
    /** Guarded by this object's lock. */
    private boolean busy = true;

    public Performance(Scenario scenario, UnaryOperator<String> properties, Services services, StopSignal stop,
            Report report) {
        this.scenario = scenario;
        this.properties = properties;
        this.services = services;
        this.stop = stop;
        this.report = report;
    }

    @Override
    public void run() {
        try {
            int status = perform();
            busy(false);
            exit(status);
        } catch (InterruptedIOException e) {
            report.failure(e.getMessage());
        } finally {
            busy(false);
        }
    }

    private int perform() throws InterruptedIOException {
        try {
            Optional<Preservation> preservation = generation().play();
            if (preservation.isPresent()) {
                update(preservation.get());
            }
            return 0;
        } catch (Failure e) {
            stop.check(); // what fails because the framework stops is no news
            report.failure(e.getMessage());
        } catch (RuntimeException | Error e) {
            stop.check();
            report.failure("the demo failed in a way that nobody expected: " + e);
        }
        return 1;
    }

    private Generation generation() throws Failure, InterruptedIOException {
        Settings settings = Settings.of(properties);
        if (settings.successor() || settings.resumed()
                || services.await(LiveUpdate.class, PATIENCE).number() > 0) {
            return scenario.successor(settings, services, report);
        }
        return scenario.first(settings, services, report);
    }

    /** Comes back only if the update did not happen: then everything has to be as it was. */
    private void update(Preservation preservation) throws Failure, InterruptedIOException {
        Kexec kexec = services.await(Kexec.class, PATIENCE);
        report.heading("Live update: a successor JVM boots next to this one, then takes over");
        report.say("Until it is ready, this JVM goes on working. Then all is frozen, a small image that says where "
                + "everything is is committed, and by one rename of it the successor is in charge. No file is copied.");
        String reason = "the successor did not take over";
        busy(false);
        try {
            kexec.kexec(false);
        } catch (LiveUpdateException e) {
            if (e.errno() == Errno.EAGAIN) {
                throw new InterruptedIOException("the demo was stopped before it was done");
            }
            reason = e.getMessage();
        }
        busy(true);
        stop.check();
        try {
            preservation.check();
        } catch (Failure e) {
            throw new Failure("the live update did not happen: " + reason + "; and " + e.getMessage());
        }
        throw new Failure("the live update did not happen: " + reason + "; " + preservation.name()
                + " are unchanged and stay preserved: try again with " + scenario.command() + " --resume"
                + directory());
    }

    private String directory() throws Failure, InterruptedIOException {
        String directory = services.await(LiveUpdateRuntime.class, PATIENCE).getRuntimeDTO().directory;
        return directory == null ? "" : " --directory " + directory;
    }

    private void exit(int status) throws InterruptedIOException {
        try {
            services.await(Kexec.class, Duration.ZERO).exit(status);
        } catch (Failure e) {
            report.failure("this JVM cannot be ended with status " + status + ": " + e.getMessage());
        }
    }

    private synchronized void busy(boolean now) {
        busy = now;
        notifyAll();
    }

    /** Stops it, and returns when it has left everything in order, or after {@code STOP_LIMIT}. */
    public void stop() {
        services.stop();
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        synchronized (this) {
            try {
                long left = STOP_LIMIT.toNanos();
                while (busy && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                    left = deadline - System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
