package org.liveupdate.console.local;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What framework or system properties say about the local console. Immutable. */
@Component(service = Settings.class)
public final class Settings {
    /** TCP port on the loopback interface, 0 for any that is free; without it there is no local console. */
    static final String PORT = "liveupdate.console.port";
    /** File with the password, mode 0600; by default each run makes one. */
    static final String PASSWORD_FILE = "liveupdate.console.password.file";
    /** {@code true} lets the other pages of the web console change the framework. */
    static final String WRITABLE = "liveupdate.console.writable";

    private static final String SUPERVISOR = "liveupdate.supervisor";
    private static final String PASSWORD = "console.password";
    private static final int PORT_MAX = 65_535;

    private final BundleContext context;

    /** Called by DS. */
    @Activate
    public Settings(BundleContext context) {
        this.context = context;
    }

    /**
     * The port.
     *
     * @return empty if there is to be no local console
     * @throws IllegalArgumentException
     *             it is not a number of a port
     */
    Optional<Integer> port() {
        return Optional.ofNullable(context.getProperty(PORT)).filter(text -> !text.isEmpty()).map(Settings::number);
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > PORT_MAX) {
            throw new IllegalArgumentException(PORT + " is \"" + text + "\"; it has to be 0 to " + PORT_MAX);
        }
        return Integer.parseInt(text);
    }

    /** The file that the user named. */
    Optional<Path> namedPasswordFile() {
        return Optional.ofNullable(context.getProperty(PASSWORD_FILE)).map(Path::of);
    }

    /** Where a run keeps its own: beside the supervisor's socket, which all generations reach and nobody else does. */
    Path ownPasswordFile() {
        String supervisor = context.getProperty(SUPERVISOR);
        return supervisor == null ? context.getDataFile(PASSWORD).toPath()
                : Path.of(supervisor).resolveSibling(PASSWORD);
    }

    boolean isWritable() {
        return Boolean.parseBoolean(context.getProperty(WRITABLE));
    }

    /** Whether generations follow each other on the same port. */
    boolean isSupervised() {
        return context.getProperty(SUPERVISOR) != null;
    }
}
