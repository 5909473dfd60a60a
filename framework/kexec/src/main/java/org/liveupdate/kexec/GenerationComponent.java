package org.liveupdate.kexec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.liveupdate.kexec.supervisor.link.TimeLimits;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * This generation as such: its connection to the supervisor, its standing, and its end. Needs no core, so it is there
 * before the core and while the core is replaced. For this bundle only.
 */
@Component(service = GenerationComponent.class, immediate = true)
public final class GenerationComponent implements SupervisorLink.Listener {
    private static final int SUPERVISOR_GONE = 1;

    private final TimeLimits limits;
    private final Standing standing;
    private final UpdateTurn turn = new UpdateTurn();
    private final RecordedExit exit;
    private final OsgiFramework framework;
    private final OrderlyStop stop;
    /** Whether there is a supervisor. */
    private final boolean supervised;
    /** To the supervisor, or to the predecessor that started this generation; null without both. */
    private final SupervisorLink link;
    /** Null if no successor can be started. */
    private final ControlChannel successors;
    /** Null if the terminal is not to be read. */
    private final Prompt prompt;

    /**
     * Connects to whoever started this generation, if that is a supervisor or a predecessor.
     *
     * @param context
     *            whose properties say what this generation is
     */
    @Activate
    public GenerationComponent(BundleContext context) {
        int number = number(context);
        limits = TimeLimits.of(context::getProperty);
        exit = new RecordedExit(number);
        standing = new Standing(!Keys.SUCCESSOR.equals(context.getProperty(Keys.ROLE)));
        framework = new OsgiFramework(context);
        supervised = context.getProperty(Keys.SUPERVISOR) != null;
        String socket = context.getProperty(supervised ? Keys.SUPERVISOR : Keys.PREDECESSOR);
        link = socket == null ? null : new SupervisorLink(number, this);
        String command = context.getProperty(Keys.SUCCESSOR_COMMAND);
        successors = supervised ? link
                : command == null ? null : new CommandChannel(new SuccessorCommand(command), number);
        stop = new OrderlyStop(framework, standing, turn, this::hurryUpdate, limits.stop(), exit);
        String arguments = context.getProperty(Keys.PROMPT);
        prompt = arguments == null ? null
                : new Prompt(context, arguments, context.getProperty(Keys.READY_FILTER), () -> stop.exit(0));
        stop.install();
        if (link != null) {
            link.open(Path.of(socket));
        }
    }

    private static int number(BundleContext context) {
        String number = context.getProperty(Keys.GENERATION);
        return number == null ? 1 : Integer.parseInt(number);
    }

    private void hurryUpdate() {
        Stream.of(link, successors).filter(Objects::nonNull).distinct().forEach(channel -> channel.inbox().stop());
    }

    /**
     * Ends the connection. The hook stays while the framework stops: the JVM still has to end.
     *
     * @throws IOException
     *             if the connection cannot be closed
     */
    @Deactivate
    public void deactivate() throws IOException {
        if (framework.isEnding()) {
            exit.keep();
        } else {
            stop.uninstall();
        }
        if (prompt != null) {
            prompt.close();
        }
        if (link != null) {
            link.close();
        }
    }

    @Override
    public void inCharge() {
        standing.welcomeInCharge();
    }

    @Override
    public void alone() {
        if (prompt != null) {
            prompt.open();
        }
    }

    @Override
    public void supervisorGone() {
        if (!supervised && standing.end(limits.confirm())) {
            return; // the predecessor has handed over, and ended
        }
        System.err.println("liveupdate: the " + (supervised ? "supervisor" : "predecessor") + " is gone; "
                + (standing.isInCharge() ? "stopping in order, so that what is preserved is committed to an image"
                        : "this generation, which waits for an image, ends"));
        stop.exit(SUPERVISOR_GONE);
    }

    /** To whoever started this generation. */
    Optional<SupervisorLink> link() {
        return Optional.ofNullable(link);
    }

    /** Where a successor is asked for; empty if none can be started. */
    Optional<ControlChannel> successors() {
        return Optional.ofNullable(successors);
    }

    TimeLimits limits() {
        return limits;
    }

    Standing standing() {
        return standing;
    }

    UpdateTurn turn() {
        return turn;
    }

    OrderlyStop stop() {
        return stop;
    }

    Exit exit() {
        return exit;
    }
}
