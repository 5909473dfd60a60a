package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

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

    /** Waits for a state. */
    void await(int number, String state) {
        Await.until("image " + number + " " + state, () -> is(number, state));
    }

    /** Whether that image was committed, whatever became of it. */
    boolean isThere(int number) {
        return names().stream().anyMatch(name -> name.startsWith("image-" + number + '.') && !name.endsWith(".new"));
    }

    /** Waits for one of two states. */
    void awaitOneOf(int number, String state, String other) {
        Await.until("image " + number + " " + state + " or " + other, () -> is(number, state) || is(number, other));
    }

    /** Waits for a state that does not last; a machine that is too busy to see it skips the test. */
    void catchUndecided(int number, String state) {
        Await.until("image " + number + " " + state, () -> is(number, state) || is(number, "confirmed"));
        assumeUndecided(number);
    }

    /** What was done just now was done before the decision, or the moment was missed. */
    void assumeUndecided(int number) {
        Assumptions.assumeFalse(is(number, "confirmed"), "too busy: the image was confirmed before it was noticed");
    }
}
