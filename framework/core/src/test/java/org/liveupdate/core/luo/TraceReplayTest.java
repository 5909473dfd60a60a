package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Replays golden traces of the contract: result, callbacks and state after every operation. The project's own copy, or
 * every trace in the directory that the system property {@code liveupdate.traces} names.
 */
class TraceReplayTest {
    private static final int SHOWN = 20;

    private final List<String> differences = new ArrayList<>();
    private int differing;
    private String lastDiffering = "";
    private int traces;
    private int operations;

    @Test
    void everyGoldenTraceIsAnsweredExactly() throws Exception {
        for (Path file : files()) {
            replay(file);
        }
        System.out.println("traces " + traces + " operations " + operations + " differences " + differing);
        assertTrue(traces > 0, "no traces found");
        assertEquals(0, differing, () -> String.join("\n", differences));
    }

    private static List<Path> files() throws IOException, URISyntaxException {
        String directory = System.getProperty("liveupdate.traces", "");
        Path root = directory.isEmpty() ? Path.of(TraceReplayTest.class.getResource("/traces").toURI())
                : Path.of(directory);
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(path -> path.toString().matches(".*\\.jsonl(\\.gz)?")).sorted().toList();
        }
    }

    private void replay(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            String name = null;
            TraceRunner runner = null;
            Map<String, String> expected = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonObject json = JsonParser.parseString(line).getAsJsonObject();
                if (json.has("t")) {
                    name = json.get("t").getAsString();
                    runner = new TraceRunner();
                    expected = new TreeMap<>();
                    for (int i = 0; i < 16; i++) {
                        expected.put("m" + i, "[\"L\",0]");
                    }
                    traces++;
                } else {
                    step(name, runner, expected, json);
                }
            }
        }
    }

    private void step(String name, TraceRunner runner, Map<String, String> expected, JsonObject json) {
        operations++;
        String op = json.get("o").getAsString();
        String result;
        try {
            result = runner.run(op);
        } catch (RuntimeException e) {
            result = "threw " + e;
        }
        List<String> events = new ArrayList<>(runner.script.events);
        runner.script.events.clear();
        if (json.has("s")) {
            for (Map.Entry<String, JsonElement> change : json.getAsJsonObject("s").entrySet()) {
                if (change.getValue().isJsonNull()) {
                    expected.remove(change.getKey());
                } else {
                    expected.put(change.getKey(), change.getValue().toString());
                }
            }
        }
        List<String> expectedEvents = new ArrayList<>();
        JsonArray array = json.has("e") ? json.getAsJsonArray("e") : new JsonArray();
        array.forEach(event -> expectedEvents.add(event.getAsString()));
        compare(name, op, json.get("r").getAsString(), result);
        compare(name, op, expectedEvents, events);
        Map<String, String> state = runner.state();
        if (!expected.equals(state)) {
            Map<String, String> missing = new TreeMap<>(expected);
            missing.entrySet().removeAll(state.entrySet());
            state.entrySet().removeAll(expected.entrySet());
            compare(name, op, missing, state);
        }
    }

    private void compare(String name, String op, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            differing++;
            if (differences.size() < SHOWN && !name.equals(lastDiffering)) {
                differences.add(name + ": " + op + "\n  expected " + expected + "\n  actual   " + actual);
            }
            lastDiffering = name;
        }
    }
}
