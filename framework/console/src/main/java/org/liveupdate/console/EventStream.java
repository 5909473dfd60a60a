package org.liveupdate.console;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Server-sent events: {@code state} with the runtime DTO as its data, one at once and one after each change. Changes that
 * come faster than the client reads are told as one. Each client holds a thread of the server, so there is a limit to
 * them. Thread safe.
 */
@Component(service = EventStream.class)
public final class EventStream {
    /** Each open page is one. */
    static final int CLIENTS_MAX = 16;

    /** How soon a client is to ask again when the connection is lost: an update to another JVM takes no longer. */
    private static final int RETRY_MILLIS = 200;
    /** The only way to find out that a client has gone is to write to it. */
    private static final int ALIVE_MILLIS = 10_000;

    private final Semaphore clients = new Semaphore(CLIENTS_MAX);
    private final Feed feed;

    /** Called by DS. */
    @Activate
    public EventStream(@Reference Feed feed) {
        this.feed = feed;
    }

    /**
     * Returns when the client has gone or the console stops.
     *
     * @throws IOException
     *             a client that is one too many has gone
     */
    void send(HttpServletResponse response) throws IOException {
        if (!clients.tryAcquire()) {
            Headers.refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    CLIENTS_MAX + " pages follow the core already; close one.");
            return;
        }
        try {
            response.setContentType("text/event-stream;charset=UTF-8");
            write(response, "retry: " + RETRY_MILLIS + "\n\n");
            follow(response);
        } catch (IOException e) {
            // the client has gone: a page that was closed is no fault
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.release();
        }
    }

    private void follow(HttpServletResponse response) throws IOException, InterruptedException {
        State state = feed.now();
        write(response, event(state));
        while (!feed.isClosed()) {
            if (feed.awaitChangeAfter(state.change(), ALIVE_MILLIS)) {
                state = feed.now();
                write(response, event(state));
            } else {
                write(response, ": still here\n\n");
            }
        }
    }

    private static String event(State state) {
        return "event: state\nid: " + state.change() + "\ndata: " + new String(state.json(), StandardCharsets.UTF_8)
                + "\n\n";
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
