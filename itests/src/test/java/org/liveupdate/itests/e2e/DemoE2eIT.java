package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job, as the README shows it, and what is said about it. */
@Timeout(120)
class DemoE2eIT {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String ODD_NAME = "-an odd name; \"quotes\" & $HOME = 100 %\\n";
    private static final Pattern GENERATION = Pattern.compile("^Generation \\d+, JVM (\\d+)");
    private static final String FOREIGN = "\u00e4\u4e16";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"liveupdate.jar,false", "liveupdate.equinox.jar,true"})
    void filesGoThroughThreeLiveUpdatesUnchanged(String jar, boolean inSharedMemory) throws Exception {
        Assumptions.assumeTrue(!inSharedMemory || Files.isWritable(SHARED_MEMORY), "there is no /dev/shm");
        Path place = inSharedMemory ? Files.createTempDirectory(SHARED_MEMORY, "liveupdate-e2e-") : temporary;
        try {
            Liveupdate liveupdate = new Liveupdate(place).jar(Liveupdate.jar(jar)).recorded();
            showsWhereTheBlackoutWent(threeLiveUpdates(liveupdate), liveupdate.recordings());
        } finally {
            if (inSharedMemory) {
                Blackouts.delete(place);
            }
        }
    }

    /** Returns the process number of each generation. */
    private static List<Long> threeLiveUpdates(Liveupdate liveupdate) throws Exception {
        Path large = liveupdate.input("large", 3_000_001);
        Path empty = liveupdate.input("empty", 0);
        Path odd = liveupdate.input(ODD_NAME + (canBeNamed(FOREIGN) ? FOREIGN : ""), 5_000);
        Outcome outcome;
        try (Run run = liveupdate.demo("--generations", 3, large, empty, odd)) {
            outcome = run.end().succeeded();

            assertEquals("OK: 6 files, 6,010,002 bytes, 3 live updates, every digest equal",
                    outcome.out().get(outcome.out().size() - 1));
            assertEquals(3 * 6, outcome.count("  equal"), outcome::toString);
            for (int update = 1; update <= 3; update++) {
                outcome.said("is in charge after live update " + update + " of 3");
                outcome.said("Time line of live update " + update);
            }
            assertEquals(3, outcome.out().stream().filter(line -> line.matches("  hugetlb-v1( +1){3}")).count(),
                    () -> "preserved, retrieved and finished once in each update: " + outcome);
            assertEquals(3, outcome.out().stream().filter(line -> line.matches("  blackout +[0-9,.]+ ms .*")).count());
        }
        // the newest decided image stays for inspection, and at a commit the one before it
        assertEquals(List.of("guard.lock", "image-2.confirmed", "image-3.confirmed", "supervisor.lock"),
                liveupdate.preserved());
        assertEquals(List.of(), liveupdate.rubbish());
        return outcome.out().stream().flatMap(line -> GENERATION.matcher(line).results())
                .map(generation -> Long.valueOf(generation.group(1))).toList();
    }

    private static void showsWhereTheBlackoutWent(List<Long> jvms, FlightRecordings recordings) throws Exception {
        List<String> gives = List.of("boot", "preflight", "prepare", "freeze", "commit", "blackout");
        List<String> takes = List.of("claim", "decision", "handover", "retrieve", "blackout", "finish");
        assertEquals(gives, recordings.phases(jvms.get(0)));
        assertEquals(Stream.of(takes, gives).flatMap(List::stream).toList(), recordings.phases(jvms.get(1)));
        assertEquals(takes, recordings.phases(jvms.get(3)));
        RecordedEvent here = recordings.phase(jvms.get(0), "blackout");
        RecordedEvent there = recordings.phase(jvms.get(1), "blackout");
        assertTrue(here.getStartTime().isBefore(there.getStartTime())
                && there.getStartTime().isBefore(here.getEndTime()), () -> "there is a gap between " + here + there);
    }

    /** The file names that this JVM can handle depend on the locale. */
    private static boolean canBeNamed(String name) {
        return Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode(name);
    }

    @Test
    void helpIsTheAnswerToHelp() throws Exception {
        try (Run run = new Liveupdate(temporary).start("--help")) {
            run.end().succeeded().said("demo [--generations N]").said("--resume").said("--discard");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demmo", "demo --generations 0", "demo --generations", "demo --wrong", "--resume",
            "demo --resume --discard --directory x", "one two"})
    void aWrongCommandLineIsExplainedInOneSentence(String words) throws Exception {
        try (Run run = new Liveupdate(temporary).start((Object[]) words.split(" "))) {
            Outcome outcome = run.end().failed(2);

            assertEquals(List.of(), outcome.out());
            assertTrue(outcome.err().get(1).startsWith("usage: "), outcome::toString);
        }
    }
}
