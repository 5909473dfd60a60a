package org.liveupdate.itests.e2e;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Chromium without a window, driven by the WebDriver protocol (W3C). Not thread safe. */
final class Browser implements AutoCloseable {
    private static final String SCRIPT = "/execute/sync";
    private static final Gson GSON = new Gson();
    private static final String LISTENING = "ChromeDriver was started successfully on port ";
    /** It calls nobody, which a machine without a way out would refuse. */
    private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu",
            "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--force-prefers-reduced-motion", "--window-size=1440,1000");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final URI session;

    private Browser(Process driver, String port) throws IOException, InterruptedException {
        this.driver = driver;
        URI sessions = URI.create("http://127.0.0.1:" + port + "/session");
        Map<String, Object> options = Map.of("goog:chromeOptions", Map.of("args", ARGUMENTS), "goog:loggingPrefs",
                Map.of("browser", "ALL"));
        JsonElement created = call("POST", sessions, Map.of("capabilities", Map.of("alwaysMatch", options)));
        session = URI.create(sessions + "/" + created.getAsJsonObject().get("sessionId").getAsString());
    }

    static boolean isInstalled() throws InterruptedException {
        return Shell.tryRun("chromedriver", "--version").isPresent()
                && Shell.tryRun("chromium", "--version").isPresent();
    }

    static Browser start() throws IOException, InterruptedException {
        Process driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
        Transcript said = new Transcript("chromedriver", driver.inputReader());
        try {
            Await.until("chromedriver", () -> said.line(LISTENING).isPresent());
            String line = said.line(LISTENING).orElseThrow();
            return new Browser(driver, line.replaceAll("\\D+", ""));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            driver.destroyForcibly();
            throw e;
        }
    }

    void open(String url) throws IOException, InterruptedException {
        call("POST", at("/url"), Map.of("url", url));
    }

    /** What a function body returns. */
    JsonElement run(String script, Object... arguments) throws IOException, InterruptedException {
        return call("POST", at(SCRIPT), Map.of("script", script, "args", List.of(arguments)));
    }

    /** What a promise that a function body returns comes to. */
    JsonElement await(String script) throws IOException, InterruptedException {
        return call("POST", at("/execute/async"), Map.of("script",
                "const done = arguments[arguments.length - 1]; (async () => {" + script + "})().then(done)", "args",
                List.of()));
    }

    /** The text that a person sees there, all that matches in one; empty if there is nothing. */
    String text(String selector) throws IOException, InterruptedException {
        return run("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText).join('\\n')", selector)
                .getAsString();
    }

    /** Waits until a person sees it there. */
    void awaitText(String selector, String part) {
        Await.until('"' + part + "\" in " + selector, () -> {
            try {
                return text(selector).contains(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** How many there are. */
    int count(String selector) throws IOException, InterruptedException {
        return run("return document.querySelectorAll(arguments[0]).length", selector).getAsInt();
    }

    /** Clicks with the mouse, where a person would: what is covered or hidden cannot be clicked. */
    void click(String selector) throws IOException, InterruptedException {
        JsonObject element = call("POST", at("/element"), Map.of("using", "css selector", "value", selector))
                .getAsJsonObject();
        String id = element.entrySet().iterator().next().getValue().getAsString();
        call("POST", at("/element/" + id + "/click"), Map.of());
    }

    /** Presses a key: a character, or one of WebDriver's. */
    void press(String key) throws IOException, InterruptedException {
        call("POST", at("/actions"), Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions",
                List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key))))));
    }

    /** Lets the page believe what a user prefers, such as {@code prefers-color-scheme}. */
    void prefer(String feature, String value) throws IOException, InterruptedException {
        devTools("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** A picture of the whole page. */
    void screenshot(Path file) throws IOException, InterruptedException {
        int height = run("return document.documentElement.scrollHeight").getAsInt();
        devTools("Emulation.setDeviceMetricsOverride",
                Map.of("width", 1440, "height", height, "deviceScaleFactor", 1, "mobile", false));
        String picture = call("GET", at("/screenshot"), null).getAsString();
        devTools("Emulation.clearDeviceMetricsOverride", Map.of());
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture));
    }

    /** What the page complained of, and the browser of the page. */
    List<String> complaints() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        JsonArray entries = call("POST", at("/se/log"), Map.of("type", "browser")).getAsJsonArray();
        for (JsonElement entry : entries) {
            all.add(entry.getAsJsonObject().get("message").getAsString());
        }
        return all;
    }

    private void devTools(String command, Map<String, Object> parameters) throws IOException, InterruptedException {
        call("POST", at("/goog/cdp/execute"), Map.of("cmd", command, "params", parameters));
    }

    private URI at(String path) {
        return URI.create(session + path);
    }

    private JsonElement call(String method, URI uri, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).method(method, body == null
                ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(GSON.toJson(body))).build();
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(uri + ": " + response.body());
        }
        return GSON.fromJson(response.body(), JsonObject.class).get("value");
    }

    @Override
    public void close() {
        try {
            client.sendAsync(HttpRequest.newBuilder(session).DELETE().build(), BodyHandlers.discarding()).join();
        } finally {
            driver.destroy();
            driver.onExit().join();
        }
    }
}
