package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code image} of the exported jar, on what real runs leave, on a running system, and in its shell. */
@Timeout(120)
class ImageE2eIT {
    private static final Path DUMPS = Path.of(System.getProperty("liveupdate.dumps"));
    private static final String LAUNCHER = "aQute.launcher.pre.EmbeddedLauncher";

    @TempDir
    Path place;

    private Liveupdate liveupdate;
    /** Runs on nothing: what is started here can be ended without ending those who run on the directory. */
    private Liveupdate beside;

    @BeforeEach
    void prepare() throws Exception {
        liveupdate = new Liveupdate(place).shortLived();
        beside = new Liveupdate(Files.createDirectory(place.resolve("beside"))).shortLived();
    }

    private Outcome image(Object... words) throws Exception {
        List<Object> all = new ArrayList<>(List.of("image"));
        all.addAll(List.of(words));
        try (Run run = beside.start(all.toArray())) {
            return run.end();
        }
    }

    private JsonObject json(Object... words) throws Exception {
        List<Object> all = new ArrayList<>(List.of(words));
        all.add("--json");
        Outcome outcome = image(all.toArray()).succeeded();
        return JsonParser.parseString(String.join("\n", outcome.out())).getAsJsonObject();
    }

    private static List<String> names(JsonArray values) {
        List<String> names = new ArrayList<>();
        for (JsonElement value : values) {
            names.add(value.getAsJsonObject().get("name").getAsString());
        }
        return names;
    }

    @Test
    void anImageThatWasLeftIsPrintedAndVerified() throws Exception {
        Path left = LeftImage.leave(liveupdate, liveupdate.input("one", 2_000_000), liveupdate.input("two", 0));
        List<String> before = liveupdate.preserved();

        image(liveupdate.directory()).succeeded().said(left.getFileName().toString()).said("hugetlb-v1")
                .said("sessions: ").said("preserved: ");
        image("verify", liveupdate.directory()).succeeded().said("nothing bad was found").said("scope 1");
        JsonObject image = json(liveupdate.directory()).getAsJsonObject("image");

        assertEquals(List.of("hugetlb-v1"), names(image.getAsJsonArray("flbs")));
        assertTrue(image.getAsJsonObject("memory").get("preservedBytes").getAsLong() >= 4_000_000, image::toString);
        assertEquals(0, image.getAsJsonArray("faults").size());
        assertEquals(before, liveupdate.preserved());
        LeftImage.resume(liveupdate, 4);
    }

    @Test
    void aFlippedByteIsFoundInTheImageAndInTheMemory() throws Exception {
        Path left = LeftImage.leave(liveupdate, liveupdate.input("one", 100_000));
        JsonObject memory = json(left).getAsJsonObject("image").getAsJsonObject("memory");
        Path file = liveupdate.directory().resolve(memory.get("file").getAsString());
        long address = summedBlock(memory);

        flip(file, address + 1);
        image("verify", left).ended(1).said("block at 0x" + Long.toHexString(address));
        flip(file, address + 1);
        image("verify", left).succeeded();
        flip(left, Files.size(left) / 2);
        image("verify", left).ended(1).said("BAD");
        image(left).ended(1).said("FAULT");
    }

    private static long summedBlock(JsonObject memory) {
        for (JsonElement scope : memory.getAsJsonArray("scopes")) {
            for (JsonElement block : scope.getAsJsonObject().getAsJsonArray("blocks")) {
                if (!block.getAsJsonObject().get("checksum").isJsonNull()) {
                    return Long.decode(block.getAsJsonObject().get("address").getAsString());
                }
            }
        }
        throw new AssertionError("no block has a checksum: " + memory);
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int old = access.read();
            access.seek(at);
            access.write(old ^ 1);
        }
    }

    @Test
    void theImagesOfTwoUpdatesDiffer() throws Exception {
        try (Run run = liveupdate.demo("--generations", 2, liveupdate.input("one", 10_000))) {
            run.end().succeeded();
        }
        Path first = liveupdate.directory().resolve("image-1.confirmed");
        Path second = liveupdate.directory().resolve("image-2.confirmed");

        image("diff", first, second).ended(1).said("1 -> 2");
        assertEquals(List.of(), image("diff", first, first).succeeded().out());
        Outcome trouble = image("diff", first, beside.directory()).ended(2);
        assertTrue(trouble.err().get(0).contains(beside.directory() + " cannot be compared"), trouble::toString);
        image(liveupdate.directory()).succeeded().said("every image is decided");
    }

    @Test
    void aRunningSystemIsLookedAtWithoutDisturbingIt() throws Exception {
        try (Run run = liveupdate.demo("--generations", 3, liveupdate.input("one", 1_000_000))) {
            run.awaitLine("is in charge after live update 1 of 3");
            JsonObject image = json(liveupdate.directory()).getAsJsonObject("image");
            image("verify", liveupdate.directory()).succeeded();

            assertFalse(image.getAsJsonArray("sessions").isEmpty(), image::toString);
            assertEquals(0, image.getAsJsonArray("faults").size(), image::toString);
            run.end().succeeded().said("3 live updates, every digest equal");
        }
    }

    @ParameterizedTest
    @CsvSource({"v6-serialise_basic-1.hex,3,2", "mainline-serialise_63-1.hex,63,1"})
    void theDumpsOfTheOriginalAreRead(String name, int flbs, int sessions) throws Exception {
        JsonObject image = json(DUMPS.resolve(name)).getAsJsonObject("image");

        assertEquals("linux dump", image.get("kind").getAsString());
        assertEquals(flbs, image.getAsJsonArray("flbs").size());
        assertEquals(sessions, image.getAsJsonArray("sessions").size());
        assertFalse(image.getAsJsonArray("unknown").isEmpty(), "what it does not know");
        image(DUMPS.resolve(name)).succeeded().said("not known");
    }

    @Test
    void wrongWordsAndPlacesAreOneSentence() throws Exception {
        image("--nonsense", place).ended(2);
        image("verify").ended(2);
        image(place.resolve("nowhere")).ended(1);
        image(liveupdate.directory()).succeeded().said("nothing: the directory is empty");
        Files.setPosixFilePermissions(liveupdate.directory(),
                PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome outcome = image(liveupdate.directory()).ended(1);
        assertTrue(outcome.err().get(0).contains("has mode 755, expected 700"), outcome::toString);
    }

    @ParameterizedTest
    @CsvSource({"liveupdate.jar", "liveupdate.equinox.jar"})
    void theShellHasTheSameCommand(String jar) throws Exception {
        Process generation = new ProcessBuilder(Liveupdate.java(), "-Djava.io.tmpdir=" + liveupdate.temporary(),
                "-Dlaunch.storage.dir=" + place.resolve("framework"), "-Dgosh.args=",
                "-Dliveupdate.directory=" + liveupdate.directory(), "-cp", Liveupdate.jar(jar).toString(), LAUNCHER)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (Writer prompt = generation.outputWriter(); BufferedReader answers = generation.inputReader()) {
            AtomicReference<String> answer = new AtomicReference<>("");
            Await.until("the command", () -> {
                answer.set(ask(prompt, answers, "liveupdate:image"));
                return answer.get().contains("no image: memory of a system that runs");
            });
            assertTrue(ask(prompt, answers, "image --json " + liveupdate.directory()).contains("\"others\""),
                    answer::get);
            assertTrue(ask(prompt, answers, "image diff onlyone").contains("expected 2 paths"), answer::get);
        } finally {
            generation.destroy();
            generation.waitFor();
        }
    }

    private static String ask(Writer prompt, BufferedReader answers, String command) {
        try {
            prompt.write(command + "\necho answered\n");
            prompt.flush();
            StringBuilder answer = new StringBuilder();
            for (String line = answers.readLine(); line != null && !line.endsWith("answered"); line =
                    answers.readLine()) {
                answer.append(line).append('\n');
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
