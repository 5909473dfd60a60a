package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Outputs as they have to be, character for character. */
final class Golden {
    private static final Path FILES = Path.of("src", "test", "resources", "golden");
    private static final Path FOUND = Path.of("target", "golden");

    private Golden() {}

    /**
     * Compares; what differs is written to {@code target/golden}, to be looked at and, if it is right, copied.
     *
     * @param place
     *            a directory whose name differs from run to run
     */
    static void check(String name, String actual, Path place) throws IOException {
        String text = actual.replace(place.toString(), "/PLACE").replaceAll("/PLACE \\(\\w+\\)", "/PLACE (FS)");
        Path golden = FILES.resolve(name);
        String expected = Files.exists(golden) ? Files.readString(golden) : "";
        if (!expected.equals(text)) {
            Files.writeString(Files.createDirectories(FOUND).resolve(name), text);
        }
        assertEquals(expected, text, name);
    }
}
