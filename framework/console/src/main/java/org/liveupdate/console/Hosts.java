package org.liveupdate.console;

import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Under which names the console may be asked for. A page of another origin whose name was made to point here (DNS
 * rebinding) has its own name in the request's {@code Host} header; an address, or {@code localhost}, cannot be such a
 * name. Others have to be listed in the framework property {@value #PROPERTY}, separated by commas. Immutable.
 */
@Component(service = Hosts.class)
public final class Hosts {
    /** Framework or system property. */
    static final String PROPERTY = "liveupdate.console.hosts";

    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");

    private final Set<String> listed;

    /** Called by DS. */
    @Activate
    public Hosts(BundleContext context) {
        this(context.getProperty(PROPERTY));
    }

    /**
     * Those that are trusted anyway, and others.
     *
     * @param property
     *            names separated by commas, or null
     */
    public Hosts(String property) {
        listed = property == null ? Set.of() : Set.of(property.toLowerCase().split("[\\s,]+"));
    }

    /**
     * Whether a request may have this header.
     *
     * @param header
     *            {@code Host}, with or without a port; null is not trusted
     */
    public boolean trusts(String header) {
        if (header == null) {
            return false;
        }
        String host = PORT.matcher(header.toLowerCase()).replaceFirst("");
        return host.equals("localhost") || ADDRESS.matcher(host).matches() || listed.contains(host);
    }

    /** Why it is refused, and what to do. */
    public String refusal(String header) {
        return "The console does not answer to the name " + header + ": ask for it by its address or as localhost, or"
                + " list the name in the property " + PROPERTY + ".";
    }
}
