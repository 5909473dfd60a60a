package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.liveupdate.kexec.supervisor.link.Connection;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.TimeLimits;

/**
 * Parent of all generations, from the first to the end of the last. Whatever happens, a message, the end of a process, a
 * signal, is an event for the one thread in {@link #run}; nothing else touches a generation.
 */
final class Supervisor {
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final RunDirectory run;
    private final Succession succession;

    Supervisor(GenerationLauncher launcher, RunDirectory run, TimeLimits limits) {
        this.run = run;
        this.succession = new Succession(launcher, limits.exitGrace(),
                (generation, status) -> events.add(() -> exited(generation, status)));
    }

    private void exited(Generation generation, int status) {
        succession.exited(generation, status);
    }

    /**
     * Runs generations until the last has ended.
     *
     * @param resume
     *            whether the first loads the image that was left
     * @return exit status of the last; 128 plus the signal's number if one ended it
     */
    int run(boolean resume) throws IOException, InterruptedException {
        try (ControlServer server = ControlServer.open(run.socket(), new Events())) {
            server.start();
            succession.begin(resume);
            while (succession.alive()) {
                Runnable event = events.poll(succession.nanosToGraceEnd(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    succession.graceOver();
                } else {
                    event.run();
                }
            }
            return succession.status();
        }
    }

    /** Passes a request to stop on to the generations. From any thread. */
    void stop() {
        events.add(succession::stop);
    }

    private final class Events implements ControlServer.Listener {
        @Override
        public void connected(Connection connection, int number) {
            events.add(() -> succession.connected(connection, number));
        }

        @Override
        public void said(Connection connection, Message message) {
            events.add(() -> succession.said(connection, message));
        }

        @Override
        public void left(Connection connection) {
            events.add(() -> succession.left(connection));
        }
    }
}
