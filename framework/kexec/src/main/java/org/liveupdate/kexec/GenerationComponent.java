package org.liveupdate.kexec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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
    private final Exit exit = Runtime.getRuntime()::halt;
    private final OsgiFramework framework;
    private final OrderlyStop stop;
    /** Null without a supervisor. */
    private final SupervisorLink link;
    /** Null if the terminal is not to be read. */
    private final Prompt prompt;

    /**
     * Connects to the supervisor, if there is one.
     *
     * @param context
     *            whose properties say what this generation is
     */
    @Activate
    public GenerationComponent(BundleContext context) {
        limits = TimeLimits.of(context::getProperty);
        standing = new Standing(!Keys.SUCCESSOR.equals(context.getProperty(Keys.ROLE)));
        framework = new OsgiFramework(context);
        String socket = context.getProperty(Keys.SUPERVISOR);
        link = socket == null ? null : new SupervisorLink(number(context), this);
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
        if (link != null) {
            link.inbox().stop();
        }
    }

    /**
     * Ends the connection. The hook stays while the framework stops: the JVM still has to end.
     *
     * @throws IOException
     *             if the connection cannot be closed
     */
    @Deactivate
    public void deactivate() throws IOException {
        if (!framework.isEnding()) {
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
        System.err.println("liveupdate: the supervisor is gone; " + (standing.isInCharge()
                ? "stopping in order, so that what is preserved is committed to an image"
                : "this generation, which waits for an image, ends"));
        stop.exit(SUPERVISOR_GONE);
    }

    Optional<SupervisorLink> link() {
        return Optional.ofNullable(link);
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
