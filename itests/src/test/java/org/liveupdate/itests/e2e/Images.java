package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The images in a handover directory: their state is in their name. */
final class Images {
    private final Path directory;

    Images(Path directory) {
        this.directory = directory;
    }

    /** File names. */
    List<String> names() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("image-")).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that the next start would load. */
    Optional<Path> pending() {
        return names().stream().filter(name -> name.endsWith(".committed") || name.endsWith(".claimed"))
                .map(directory::resolve).findFirst();
    }

    boolean is(int number, String state) {
        return Files.exists(directory.resolve("image-" + number + '.' + state));
    }

    /** Waits for a state; one that is missed is a failure at once. */
    void await(int number, String state, String... tooLate) {
        Await.until("image " + number + " " + state, () -> {
            for (String late : tooLate) {
                if (is(number, late)) {
                    throw new AssertionError("image " + number + " is " + late + " before it was seen " + state);
                }
            }
            return is(number, state);
        });
    }
}
