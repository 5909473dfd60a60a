package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may look at the web console, who may not, and that looking is all. */
@Timeout(120)
class ConsoleAccessE2eIT {
    private static final String ROOT = "/system/console/";
    private static final String PAGE = ROOT + "liveupdate/";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int MISDIRECTED = 421;

    @TempDir
    Path place;

    @Test
    void nobodyGetsInWithoutThePasswordOfTheRun() throws Exception {
        try (Console console = Console.start(place)) {
            for (String credentials : List.of("admin:admin", "liveupdate:liveupdate", "liveupdate:", ":")) {
                for (String path : List.of(PAGE, PAGE + "state.json", PAGE + "res/page.js", ROOT + "bundles.json")) {
                    HttpResponse<String> answer = console.askAs(credentials, "GET", path);
                    assertEquals(UNAUTHORIZED, answer.statusCode(), path);
                    assertEquals("", answer.body(), path);
                }
            }
            assertEquals(OK, console.ask("GET", PAGE).statusCode());
            assertEquals(OK, console.ask("GET", ROOT + "bundles.json").statusCode());
        }
    }

    @Test
    void thePageRunsNothingButItsOwnFilesAndTellsNobodyElse() throws Exception {
        try (Console console = Console.start(place)) {
            for (String path : List.of(PAGE, PAGE + "state.json", PAGE + "res/page.js")) {
                HttpResponse<String> answer = console.ask("GET", path, "Origin", "http://evil.example");
                assertEquals(OK, answer.statusCode(), path);
                assertEquals(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                        header(answer, "Content-Security-Policy"));
                assertEquals("same-origin", header(answer, "Cross-Origin-Resource-Policy"));
                assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
                assertEquals("no-store", header(answer, "Cache-Control"));
                assertEquals("", header(answer, "Access-Control-Allow-Origin"));
            }
            assertEquals(NOT_FOUND, console.ask("GET", PAGE + "res/Feed.class").statusCode());
            assertEquals(BAD_REQUEST, console.ask("GET", PAGE + "res/%2e%2e/ConsolePage.class").statusCode());
        }
    }

    @Test
    void aNameThatSomebodyElseCouldPointHereIsRefused() throws Exception {
        try (Console console = Console.start(place)) {
            assertEquals(MISDIRECTED, statusFor(console, "evil.example"));
            assertEquals(UNAUTHORIZED, statusFor(console, "localhost"));
            assertEquals(UNAUTHORIZED, statusFor(console, console.host()));
        }
    }

    /** A browser sends the header; Java's client does not let it be chosen. */
    private static int statusFor(Console console, String host) throws Exception {
        String[] words = console.host().split(":");
        try (Socket socket = new Socket(words[0], Integer.parseInt(words[1]))) {
            socket.getOutputStream().write(("GET " + PAGE + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n").getBytes());
            return Integer.parseInt(new String(socket.getInputStream().readAllBytes()).split(" ")[1]);
        }
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        try (Console console = Console.start(place)) {
            for (String method : List.of("POST", "PUT", "DELETE")) {
                assertEquals(FORBIDDEN, console.ask(method, PAGE).statusCode(), method);
            }
            assertEquals(FORBIDDEN, console.ask("POST", ROOT + "bundles/0?action=refresh").statusCode());
        }
    }

    @Test
    void whereWritingIsEnabledOurPageStaysForLooking() throws Exception {
        Liveupdate writable = new Liveupdate(place).shortLived().property("liveupdate.console.writable", true);
        try (Console console = Console.start(writable, 0)) {
            assertEquals(METHOD_NOT_ALLOWED, console.ask("POST", PAGE).statusCode());
            assertEquals(OK, console.ask("POST", ROOT + "bundles?action=refreshPackages").statusCode());
            assertEquals(FORBIDDEN, console.ask("POST", ROOT + "bundles?action=refreshPackages", "Origin",
                    "http://evil.example").statusCode());
        }
    }

    @Test
    void itListensOnTheLoopbackInterfaceOnly() throws Exception {
        List<InetAddress> others = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()).toList();
        try (Console console = Console.start(place)) {
            int port = Integer.parseInt(console.host().split(":")[1]);
            assertTrue(console.host().startsWith("127.0.0.1:"), console.host());
            for (InetAddress other : others) {
                try (Socket socket = new Socket()) {
                    assertThrows(ConnectException.class, () -> socket.connect(new InetSocketAddress(other, port)),
                            other::toString);
                }
            }
        }
    }

    @Test
    void thePasswordCanBeAFileOfTheUsers() throws Exception {
        Path file = Files.writeString(place.resolve("password"), "of my own\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Liveupdate liveupdate = new Liveupdate(place).shortLived().property("liveupdate.console.password.file", file);

        try (Console console = Console.start(liveupdate, 0)) {
            assertEquals(OK, console.askAs("liveupdate:of my own", "GET", PAGE).statusCode());
            assertEquals(UNAUTHORIZED, console.askAs("liveupdate:of my own\n", "GET", PAGE).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----"})
    void aPasswordFileThatOthersCanReadKeepsTheConsoleShut(String permissions) throws Exception {
        Path file = Files.writeString(place.resolve("password"), "secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Liveupdate liveupdate = new Liveupdate(place).shortLived().property("liveupdate.console.password.file", file)
                .property("liveupdate.console.port", 0).jar(Liveupdate.jar("liveupdate.console.jar"));

        try (Run run = liveupdate.start("--directory", liveupdate.directory())) {
            run.awaitError(
                    "the web console stays shut: the password file " + file + " is not private: chmod 600 " + file);
        }
    }

    @Test
    void aPortThatIsTakenIsToldInOneSentence() throws Exception {
        try (Console first = Console.start(place)) {
            String port = first.host().split(":")[1];
            Liveupdate second = new Liveupdate(Files.createDirectory(place.resolve("second"))).shortLived()
                    .property("liveupdate.console.port", port).jar(Liveupdate.jar("liveupdate.console.jar"));
            try (Run run = second.start("--directory", second.directory())) {
                run.awaitError("the web console cannot listen on " + first.host() + ": Address already in use;"
                        + " choose another port with -Dliveupdate.console.port=N, 0 for any that is free");
            }
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
