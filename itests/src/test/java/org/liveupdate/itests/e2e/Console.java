package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The exported jar with the web console as a process that was started, and what it said about the console. */
final class Console implements AutoCloseable {
    static final String USER = "liveupdate";

    private static final Pattern ANNOUNCEMENT =
            Pattern.compile(".*web console (http://(\\S+)/system/console/liveupdate/) \\(user " + USER
                    + ", password in (.+)\\)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Run run;
    private final String host;
    private final String password;

    private Console(Run run) throws IOException {
        this.run = run;
        Matcher announcement = ANNOUNCEMENT.matcher(run.awaitLine("web console "));
        if (!announcement.matches()) {
            throw new AssertionError(announcement);
        }
        host = announcement.group(2);
        password = Files.readString(Path.of(announcement.group(3)));
    }

    /** On any free port. */
    static Console start(Path place) throws IOException {
        return start(new Liveupdate(place).shortLived(), 0);
    }

    static Console start(Liveupdate liveupdate, int port) throws IOException {
        return new Console(liveupdate.jar(Liveupdate.jar("liveupdate.console.jar"))
                .property("liveupdate.console.port", port).start("--directory", liveupdate.directory()));
    }

    Run run() {
        return run;
    }

    /** {@code 127.0.0.1:port}. */
    String host() {
        return host;
    }

    /** The page, with what a person would type into the browser's question for name and password. */
    String page() {
        return "http://" + USER + ':' + password + '@' + host + "/system/console/liveupdate";
    }

    /** Asks with the password. */
    HttpResponse<String> ask(String method, String path, String... headers) throws IOException, InterruptedException {
        return askAs(USER + ':' + password, method, path, headers);
    }

    /** Asks with other credentials. */
    HttpResponse<String> askAs(String credentials, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        run.close();
    }
}
