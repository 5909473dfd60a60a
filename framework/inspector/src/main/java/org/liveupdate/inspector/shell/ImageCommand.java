package org.liveupdate.inspector.shell;

import org.apache.felix.service.command.CommandSession;
import org.liveupdate.inspector.ImageTool;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code liveupdate:image} in the Gogo shell: the same words and the same answers as on a command line. */
@Component(service = ImageCommand.class,
        property = {"osgi.command.scope=liveupdate", "osgi.command.function=image"})
public final class ImageCommand {
    private static final String DIRECTORY = "liveupdate.directory";

    private final BundleContext context;

    /**
     * Makes the command.
     *
     * @param context
     *            knows where the handover directory of this framework is
     */
    @Activate
    public ImageCommand(BundleContext context) {
        this.context = context;
    }

    /**
     * Runs the tool; what it says goes to the console of the session.
     *
     * @param session
     *            who asked
     * @param words
     *            as on a command line; without any, the handover directory of this framework is shown
     */
    public void image(CommandSession session, String... words) {
        String directory = context.getProperty(DIRECTORY);
        String[] asked = words.length == 0 && directory != null ? new String[]{directory} : words;
        new ImageTool().run(session.getConsole(), session.getConsole(), asked);
    }
}
