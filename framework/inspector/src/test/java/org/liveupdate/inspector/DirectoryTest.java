package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.inspector.Samples.Answer;
import org.liveupdate.kho.image.DirectoryLock;
import org.liveupdate.kho.image.HandoverDirectory;

/** Handover directories in all their states, and places that are none. */
class DirectoryTest {
    private static final Path LOCKS = Path.of("/proc/locks");

    @TempDir
    Path place;

    private void write(String name, byte[] bytes) throws IOException {
        Files.setPosixFilePermissions(Files.write(place.resolve(name), bytes),
                PosixFilePermissions.fromString("rw-------"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | nothing: the directory is empty",
            "supervisor.lock | no image and no memory",
            "memory-0123456789abcdef | no image: memory of a system that runs",
            "image-1.confirmed image-2.taken-back | every image is decided",
            "image-2.committed | the next start loads it",
            "image-1.confirmed image-2.claimed | a successor is deciding"})
    void theCasesAreTold(String files, String sentence) throws Exception {
        for (String name : files.isEmpty() ? new String[0] : files.split(" ")) {
            write(name, name.startsWith("image-") ? Samples.image() : new byte[0]);
        }
        List<String> before = names();

        Answer answer = Samples.image(place);

        assertEquals(0, answer.status(), answer::toString);
        assertTrue(answer.out().contains(sentence), answer::toString);
        assertEquals(before, names());
    }

    @Test
    void whatTheNextStartLoadsIsShown() throws Exception {
        write("image-1.confirmed", Samples.image());
        write("image-2.committed", Samples.image());

        assertTrue(Samples.image(place).out().contains("image-2.committed\n  kind"), "the pending one");
        Files.delete(place.resolve("image-2.committed"));
        assertTrue(Samples.image(place).out().contains("image-1.confirmed\n  kind"), "the newest one");
    }

    @Test
    void verifyingAndComparingNothingIsAnError() throws Exception {
        Answer verified = Samples.image("verify", place);
        Answer compared = Samples.image("diff", place, place);

        assertEquals(1, verified.status());
        assertTrue(verified.err().contains("nothing to verify: nothing: the directory is empty"), verified::toString);
        assertEquals(2, compared.status());
        assertTrue(compared.err().contains("cannot be compared"), compared::toString);
    }

    @Test
    void aDirectoryThatIsOpenToOthersIsOneSentence() throws Exception {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));

        Answer answer = Samples.image(place);

        assertEquals(1, answer.status());
        assertTrue(answer.err().contains("has mode 755, expected 700"), answer::toString);
    }

    @Test
    void aFileOfAnotherKindIsOneSentence() throws Exception {
        write("letter", "Dear reader".getBytes(StandardCharsets.US_ASCII));

        Answer answer = Samples.image(place.resolve("letter"));

        assertEquals(1, answer.status());
        assertTrue(answer.err().contains("is neither an image nor a dump"), answer::toString);
        assertEquals(1, Samples.image("/dev/null").status());
    }

    @Test
    void theLocksOfThisJvmStayHeld() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(LOCKS), "no /proc/locks");
        HandoverDirectory directory = HandoverDirectory.open(place);
        DirectoryLock mine = directory.lockGeneration(1);
        try (DirectoryLock supervisor = directory.lockSupervisor()) {
            assertTrue(supervisor.isHeld() && mine.isHeld());
            List<String> held = ourLocks();
            assertTrue(held.size() >= 2, held::toString);

            Samples.image(place);
            Samples.image("verify", place);

            assertEquals(held, ourLocks());
        } finally {
            mine.close();
        }
    }

    private static List<String> ourLocks() throws IOException {
        String pid = " " + ProcessHandle.current().pid() + " ";
        try (Stream<String> lines = Files.lines(LOCKS)) {
            return lines.filter(line -> line.contains(pid)).map(line -> line.substring(line.indexOf(' '))).sorted()
                    .toList();
        }
    }
}
