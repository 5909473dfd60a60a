package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this JVM has mapped, whoever did it: two versions of this bundle know nothing of each other. */
final class MappedFiles {

    private static final Path MAPS = Path.of("/proc/self/maps");

    private MappedFiles() {}

    /**
     * The names of mapped files, without their directories.
     *
     * @throws IOException if the system does not tell
     */
    static Set<String> names() throws IOException {
        // a path may have any bytes
        try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("/")).map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .collect(Collectors.toSet());
        }
    }
}
