package org.liveupdate.kexec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.dto.KexecPlanDTO;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.liveupdate.kexec.supervisor.link.TimeLimits;

/**
 * A generation as the bundle makes it, without framework and core: the classes of this package put together around a
 * {@link FakeHandover}. In charge, it takes commands from its standard input: {@code kexec}, {@code force}, {@code plan},
 * {@code exit N}. Says what happens in lines {@code [n] ...}.
 */
public final class FakeGeneration implements SupervisorLink.Listener, FrameworkControl {
    private static final int NUMBER = Integer.getInteger(Keys.GENERATION, 1);

    private final Set<Behaviour> behaviours = Behaviour.of(NUMBER);
    private final Exit exit = Runtime.getRuntime()::halt;
    private final TimeLimits limits = TimeLimits.of(System::getProperty);
    private final Standing standing = new Standing(!Keys.SUCCESSOR.equals(System.getProperty(Keys.ROLE)));
    private final UpdateTurn turn = new UpdateTurn();
    private final SupervisorLink link = new SupervisorLink(NUMBER, this);
    private final OrderlyStop stop = new OrderlyStop(this, standing, turn, link.inbox()::stop, limits.stop(), exit);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final FakeHandover handover;

    private FakeGeneration() throws IOException {
        Path directory = Path.of(System.getProperty(Keys.DIRECTORY));
        handover = new FakeHandover(directory, behaviours, !standing.isInCharge(), predecessor(directory),
                link.inbox()::changed);
        Files.writeString(directory.resolve("pid-" + NUMBER), Long.toString(ProcessHandle.current().pid()));
    }

    /** Runs until the JVM ends. */
    public static void run() throws Exception {
        say("started " + ProcessHandle.current().pid());
        new FakeGeneration().boot();
    }

    static void say(String line) {
        System.out.println("[" + NUMBER + "] " + line);
    }

    private static ProcessHandle predecessor(Path directory) throws IOException {
        Path file = directory.resolve("pid-" + (NUMBER - 1));
        return Files.exists(file) ? ProcessHandle.of(Long.parseLong(Files.readString(file))).orElse(null) : null;
    }

    private void boot() throws IOException {
        if (behaviours.contains(Behaviour.DIES_AT_START)) {
            exit.halt(9);
        }
        if (Boolean.getBoolean(Keys.RESUME)) {
            handover.resumeLeft();
        }
        stop.install();
        link.open(Path.of(System.getProperty(Keys.SUPERVISOR, System.getProperty(Keys.PREDECESSOR))));
        if (!standing.isInCharge()) {
            new Successor(link, handover, standing, () -> !behaviours.contains(Behaviour.NEVER_READY), exit).run();
        }
        if (standing.isInCharge()) {
            say("in charge");
            takeCommands();
        }
    }

    private void takeCommands() throws IOException {
        for (String line = readLine(); line != null; line = readLine()) {
            try {
                obey(line);
            } catch (LiveUpdateException e) {
                say("failed " + e.getMessage());
            }
        }
    }

    /** Byte by byte: what follows is for the next generation. */
    private static String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = System.in.read(); next != '\n'; next = System.in.read()) {
            if (next < 0) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private void obey(String line) throws LiveUpdateException {
        if (line.startsWith("exit ")) {
            stop.exit(Integer.parseInt(line.substring(5)));
            return;
        }
        turn.begin();
        try {
            Update update = new Update(link, handover, limits);
            if (line.equals("plan")) {
                KexecPlanDTO plan = update.plan();
                say("plan losses " + List.of(plan.losses) + " blockers " + List.of(plan.blockers) + " readable "
                        + List.of(plan.readable));
                return;
            }
            List<String> lost = update.prepare();
            if (!lost.isEmpty() && !line.equals("force")) {
                update.abandon();
                say("refused " + lost);
            } else {
                new HandingOver(link, handover, limits, update.successor(), exit).run(System.nanoTime());
            }
        } finally {
            turn.end();
        }
    }

    @Override
    public void inCharge() {
        standing.welcomeInCharge();
    }

    @Override
    public void alone() {
        say("alone");
    }

    @Override
    public void supervisorGone() {
        say("supervisor gone");
        stop.exit(1);
    }

    @Override
    public synchronized void stop() {
        if (stopped.getCount() > 0) {
            try {
                handover.stop();
            } catch (IOException e) {
                say("failed " + e);
            }
            stopped.countDown();
        }
    }

    @Override
    public boolean awaitStop(Duration limit) {
        try {
            return stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }
}
