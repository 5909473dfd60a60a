package org.liveupdate.console.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The Felix HTTP service, which {@code org.apache.felix.http.require.config} makes wait for its configuration. Thread
 * safe.
 */
@Component(service = HttpServer.class)
public final class HttpServer {
    static final String ADDRESS = "127.0.0.1";

    private static final String PID = "org.apache.felix.http";

    private final ConfigurationAdmin configurations;

    /** Called by DS. */
    @Activate
    public HttpServer(@Reference ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    /** Has it listen on the loopback interface only. What is in the way is said on standard error. */
    void listen(int port) {
        // the server would say it by a stack trace
        try {
            new ServerSocket(port, 1, InetAddress.getByName(ADDRESS)).close();
        } catch (IOException e) {
            System.err.println("the web console cannot listen on " + ADDRESS + ':' + port + ": " + e.getMessage()
                    + "; choose another port with -D" + Settings.PORT + "=N, 0 for any that is free");
            return;
        }
        configure(port);
    }

    private void configure(int port) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("org.apache.felix.http.host", ADDRESS);
        properties.put("org.osgi.service.http.port", port);
        try {
            configuration().update(properties);
        } catch (IOException e) {
            throw new UncheckedIOException("the web server cannot be configured", e);
        }
    }

    /** Has it stop listening. */
    void close() {
        try {
            configuration().delete();
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration of the web server cannot be deleted", e);
        }
    }

    private Configuration configuration() throws IOException {
        return configurations.getConfiguration(PID, "?");
    }
}
