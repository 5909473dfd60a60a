package org.liveupdate.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The plugin of the web console. A page of its own, without the console's frame, whose scripts its content security policy
 * would not allow. Any other method than GET is 405: there is nothing to change.
 *
 * <pre>
 *   liveupdate              the page
 *   liveupdate/res/*        its style sheet and scripts
 *   liveupdate/state.json   the runtime DTO
 *   liveupdate/events       the runtime DTO now and after each change, as server-sent events
 * </pre>
 *
 * Thread safe.
 */
@Component(service = Servlet.class, property = {"felix.webconsole.label=" + ConsolePage.LABEL,
        "felix.webconsole.title=Liveupdate"})
public final class ConsolePage extends AbstractServlet {
    static final String LABEL = "liveupdate";

    private static final long serialVersionUID = 1;
    private static final String ROOT = "/" + LABEL;

    private final transient Hosts hosts;
    private final transient Feed feed;
    private final transient EventStream events;

    /** Called by DS. */
    @Activate
    public ConsolePage(@Reference Hosts hosts, @Reference Feed feed, @Reference EventStream events) {
        this.hosts = hosts;
        this.feed = feed;
        this.events = events;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Headers.add(response);
        if (!hosts.trusts(request.getHeader("Host"))) {
            Headers.refuse(response, HttpServletResponse.SC_MISDIRECTED_REQUEST,
                    hosts.refusal(request.getHeader("Host")));
            return;
        }
        String path = request.getPathInfo().substring(ROOT.length());
        switch (path) {
            // what the page refers to is below it
            case "" -> response.sendRedirect(LABEL + "/");
            case "/" -> Asset.PAGE.send(response);
            case "/state.json" -> {
                response.setContentType("application/json");
                response.getOutputStream().write(feed.now().json());
            }
            case "/events" -> events.send(response);
            default -> {
                Asset asset = Asset.at(path);
                if (asset == null) {
                    Headers.refuse(response, HttpServletResponse.SC_NOT_FOUND, "There is no " + path + " here.");
                } else {
                    asset.send(response);
                }
            }
        }
    }
}
