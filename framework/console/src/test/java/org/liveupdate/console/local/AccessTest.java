package org.liveupdate.console.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.console.Hosts;

class AccessTest {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MISDIRECTED = 421;
    private static final String HOST = "127.0.0.1:8191";
    private static final String GOOD = basic("liveupdate:secret");

    private final Access readOnly = new Access(new Hosts((String) null), "secret", false);
    private final Access writable = new Access(new Hosts((String) null), "secret", true);

    @Test
    void whoKnowsThePasswordMayLook() {
        assertEquals(OK, readOnly.status("GET", HOST, GOOD, null));
        assertEquals(OK, readOnly.status("HEAD", HOST, GOOD, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"liveupdate:Secret", "liveupdate:", "liveupdate:secret2", "admin:admin", "secret"})
    void whoDoesNotIsAskedForIt(String credentials) {
        assertEquals(UNAUTHORIZED, readOnly.status("GET", HOST, basic(credentials), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic %%%", "Bearer c2VjcmV0", "secret"})
    void whatIsNoPasswordIsAskedFor(String header) {
        assertEquals(UNAUTHORIZED, readOnly.status("GET", HOST, header, null));
        assertEquals(UNAUTHORIZED, readOnly.status("GET", HOST, null, null));
    }

    @Test
    void aNameOfSomebodyElsesIsRefusedBeforeThePasswordIsLookedAt() {
        assertEquals(MISDIRECTED, readOnly.status("GET", "evil.example", GOOD, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE"})
    void nobodyMayChangeAnything(String method) {
        assertEquals(FORBIDDEN, readOnly.status(method, HOST, GOOD, "http://" + HOST));
    }

    @Test
    void whereWritingIsEnabledOnlyPagesOfOursMayWrite() {
        assertEquals(OK, writable.status("POST", HOST, GOOD, "http://" + HOST));
        assertEquals(OK, writable.status("POST", HOST, GOOD, null));
        assertEquals(FORBIDDEN, writable.status("POST", HOST, GOOD, "http://evil.example"));
        assertEquals(FORBIDDEN, writable.status("POST", HOST, GOOD, "null"));
        assertEquals(UNAUTHORIZED, writable.status("POST", HOST, null, "http://" + HOST));
    }

    @Test
    void onlyOurUserHasRoles() {
        assertTrue(readOnly.authorize("liveupdate", "any"));
        assertFalse(readOnly.authorize("admin", "any"));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
