package org.liveupdate.demo.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.liveupdate.demo.run.Failure;

/** A big file that is on every machine which can run the demo: the classes of the running JDK. */
final class JdkFile {
    private JdkFile() {}

    /**
     * The module image, or, in a Java that has none, the biggest file.
     *
     * @param javaHome
     *            where the Java is
     */
    static Path in(Path javaHome) throws Failure {
        Path modules = javaHome.resolve("lib").resolve("modules");
        if (Files.isRegularFile(modules)) {
            return modules;
        }
        try (Stream<Path> all = Files.walk(javaHome)) {
            Optional<Path> biggest = all.filter(Files::isRegularFile).filter(Files::isReadable)
                    .max(Comparator.comparingLong(file -> file.toFile().length()));
            return biggest.orElseThrow(() -> new Failure("there is no file in " + javaHome + "; name a file to load"));
        } catch (IOException | UncheckedIOException e) {
            throw new Failure("cannot look for a file to load in " + javaHome + ": " + e.getMessage()
                    + "; name a file to load");
        }
    }
}
