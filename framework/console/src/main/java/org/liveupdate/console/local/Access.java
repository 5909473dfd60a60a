package org.liveupdate.console.local;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.liveupdate.console.Hosts;

/**
 * Who may use the web console, all of its pages: whoever asks for it by a trusted name and knows the password. Without
 * writing being enabled they may look only. Immutable.
 */
final class Access implements SecurityProvider {
    static final String USER = "liveupdate";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String CHALLENGE = "Basic realm=\"liveupdate console\", charset=\"UTF-8\"";

    private final Hosts hosts;
    private final byte[] credentials;
    private final boolean writable;

    Access(Hosts hosts, String password, boolean writable) {
        this.hosts = hosts;
        this.credentials = (USER + ':' + password).getBytes(StandardCharsets.UTF_8);
        this.writable = writable;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        int status = status(request.getMethod(), request.getHeader("Host"), request.getHeader("Authorization"),
                request.getHeader("Origin"));
        if (status == HttpServletResponse.SC_OK) {
            return USER;
        }
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", CHALLENGE);
        }
        response.setStatus(status);
        return null;
    }

    /** What a request with these headers, null without them, is answered; 200 for what may go on. */
    int status(String method, String host, String authorization, String origin) {
        if (!hosts.trusts(host)) {
            return HttpServletResponse.SC_MISDIRECTED_REQUEST;
        }
        if (!knowsPassword(authorization)) {
            return HttpServletResponse.SC_UNAUTHORIZED;
        }
        // a browser sends the password along whoever made it send a form, and says where the form came from
        boolean fromHere = origin == null || origin.equals("http://" + host);
        return READING.contains(method) || writable && fromHere ? HttpServletResponse.SC_OK
                : HttpServletResponse.SC_FORBIDDEN;
    }

    private boolean knowsPassword(String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return false;
        }
        try {
            byte[] given = Base64.getDecoder().decode(authorization.substring("Basic ".length()).strip());
            return MessageDigest.isEqual(given, credentials);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public boolean authorize(Object user, String role) {
        return USER.equals(user);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", CHALLENGE);
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
