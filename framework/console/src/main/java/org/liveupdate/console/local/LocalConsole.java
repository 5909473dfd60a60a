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
    /** Guarded by this. Whether there is nothing to begin any more. */
    private boolean begun;

    /**
     * Called by DS.
     *
     * @throws IOException
     *             the password cannot be read or made
     */
    @Activate
    public LocalConsole(BundleContext context, @Reference HttpServer server, @Reference Hosts hosts,
            @Reference Settings settings) throws IOException {
        this.server = server;
        this.settings = settings;
        begun = settings.port().isEmpty();
        if (!begun) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(SecurityProvider.PROPERTY_ID, PROVIDER_ID);
            context.registerService(SecurityProvider.class,
                    new Access(hosts, Passwords.of(settings), settings.isWritable()), properties);
        }
    }

    @Reference(policy = ReferencePolicy.DYNAMIC, updated = "look")
    void look(LiveUpdateRuntime runtime) {
        if (!isBegun() && Phase.valueOf(runtime.getRuntimeDTO().phase) == Phase.RUNNING && begin()) {
            int port = settings.port().orElseThrow();
            Predecessor.end(settings.isSupervised()).thenRun(() -> server.listen(port));
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

    @Deactivate
    void stop() {
        if (settings.port().isPresent()) {
            server.close();
        }
    }
}
