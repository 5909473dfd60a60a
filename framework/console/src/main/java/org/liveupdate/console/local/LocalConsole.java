package org.liveupdate.console.local;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.console.Hosts;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The web console of a runtime that has no web server of its own: served from when this generation is in charge, to
 * whoever knows the password. Only where {@value Settings#PORT} is set; a container of somebody else's has a server and
 * users already. Thread safe.
 */
@Component(service = {}, immediate = true)
public final class LocalConsole {
    /** With it in {@code felix.webconsole.security.providers} there is no web console without our {@link Access}. */
    private static final String PROVIDER_ID = "org.liveupdate.console";

    private final HttpServer server;
    private final Settings settings;
    /** Guarded by this. Whether there is nothing to begin, or not any more. */
    private boolean begun;
    /** Guarded by this. Whether the server was told to listen. */
    private boolean listening;

    /** Called by DS. Settings that cannot be followed are said on standard error, and there is no console. */
    @Activate
    public LocalConsole(BundleContext context, @Reference HttpServer server, @Reference Hosts hosts,
            @Reference Settings settings) {
        this.server = server;
        this.settings = settings;
        begun = true;
        try {
            if (settings.port().isPresent()) {
                admit(context, new Access(hosts, Passwords.of(settings), settings.isWritable()));
                begun = false;
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("the web console stays shut: " + e.getMessage());
        }
    }

    private static void admit(BundleContext context, Access access) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(SecurityProvider.PROPERTY_ID, PROVIDER_ID);
        context.registerService(SecurityProvider.class, access, properties);
    }

    @Reference(policy = ReferencePolicy.DYNAMIC, updated = "look")
    void look(LiveUpdateRuntime runtime) {
        if (!isBegun() && Phase.valueOf(runtime.getRuntimeDTO().phase) == Phase.RUNNING && begin()) {
            int port = settings.port().orElseThrow();
            Predecessor.end(settings.isSupervised()).thenRun(() -> listen(port));
        }
    }

    void unlook(LiveUpdateRuntime runtime) {
        // a core that comes back finds the server as it is
    }

    private synchronized boolean isBegun() {
        return begun;
    }

    private synchronized boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    private void listen(int port) {
        synchronized (this) {
            listening = true;
        }
        server.listen(port);
    }

    @Deactivate
    void stop() {
        boolean close;
        synchronized (this) {
            close = listening;
        }
        if (close) {
            server.close();
        }
    }
}
