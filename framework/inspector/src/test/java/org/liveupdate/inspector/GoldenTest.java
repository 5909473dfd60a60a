package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.inspector.Samples.Answer;

/** What is printed. */
class GoldenTest {
    @TempDir
    Path temporary;

    private Path place;

    @BeforeEach
    void findThePlace() throws Exception {
        place = temporary.toRealPath();
    }

    private Path write(String name, byte[] bytes) throws Exception {
        return Files.write(place.resolve(name), bytes);
    }

    private void check(String golden, int status, Answer answer) throws Exception {
        Golden.check(golden, answer.out() + answer.err(), place);
        assertEquals(status, answer.status());
    }

    @Test
    void anImageIsATree() throws Exception {
        Path image = write("image-3.committed", Samples.image());

        check("image.txt", 0, Samples.image(image));
        check("image-blocks.txt", 0, Samples.image("--blocks", image));
        check("image.json", 0, Samples.image("--json", image));
    }

    @Test
    void aDirectoryIsListedAndItsPendingImageShown() throws Exception {
        write("image-3.claimed", Samples.image());
        write("image-2.confirmed", Samples.image());
        write("supervisor.lock", new byte[5]);
        write(Samples.MEMORY, new byte[(int) Samples.MEMORY_BYTES]);
        for (Path file : Files.list(place).toList()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }

        check("directory.txt", 0, Samples.image(place));
        check("directory.json", 0, Samples.image("--json", place));
    }

    @Test
    void aCorruptImageIsShownWithWhereItBreaks() throws Exception {
        byte[] image = Samples.image();
        image[4096 + 16] = 0;

        check("corrupt.txt", 1, Samples.image(write("image-3.committed", image)));
        check("corrupt.json", 1, Samples.image("--json", place.resolve("image-3.committed")));
        check("corrupt-verify.txt", 1, Samples.image("verify", place.resolve("image-3.committed")));
    }

    @Test
    void aTruncatedImageIsShownAsFarAsItGoes() throws Exception {
        byte[] image = Samples.image();

        check("truncated.txt", 1, Samples.image(write("image-3.committed", Arrays.copyOf(image, image.length - 9000))));
    }

    @Test
    void anImageOfALaterVersionIsNotGuessedAt() throws Exception {
        byte[] image = Samples.image();
        image[image.length - 64 + 16] = 9;
        image[image.length - 64 + 20] = 9;

        check("later.txt", 1, Samples.image(write("image-3.committed", Samples.withChecksum(image))));
    }

    @ParameterizedTest
    @CsvSource({"v6-serialise_basic-1.hex,0", "mainline-serialise_63-1.hex,0", "v6-serialise_basic-1.dtb,1",
            "mainline-serialise_63-1.dtb,1", "v6-serialise_basic-1.dts,1"})
    void aDumpOfTheOriginalIsATree(String name, int status) throws Exception {
        Path dump = write(name, Samples.dump(name));

        check(name + ".txt", status, Samples.image(dump));
    }

    @Test
    void aDumpOfTheOriginalIsJson() throws Exception {
        Path dump = write("dump.hex", Samples.dump("v6-serialise_basic-1.hex"));

        check("linux.json", 0, Samples.image("--json", dump));
        check("linux-verify.txt", 0, Samples.image("verify", dump));
    }
}
