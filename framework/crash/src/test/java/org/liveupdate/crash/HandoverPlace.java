package org.liveupdate.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A handover directory for a test, in memory where that is possible. Deleted in the end. */
final class HandoverPlace implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path path;

    private HandoverPlace(Path path) {
        this.path = path;
    }

    /** On tmpfs, else in {@code otherwise}. */
    static HandoverPlace create(Path otherwise) throws IOException {
        Path parent = Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : otherwise;
        return new HandoverPlace(Files.createTempDirectory(parent, "liveupdate-crash-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    Path path() {
        return path;
    }

    /** Names of the files in it. */
    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Whether a file of such a name is there, and not empty. */
    boolean holds(Predicate<String> name) throws IOException {
        for (String each : names()) {
            if (name.test(each) && Files.size(path.resolve(each)) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
