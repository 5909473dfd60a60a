package org.liveupdate.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The inputs that are kept with the sources: for each target a zip file of those that together reach all the code that was
 * ever reached, and {@code findings.zip} with those that once broke a promise.
 */
final class Corpus {
    static final String FINDINGS = "findings";
    /** Entries without a time of their own: the same inputs are the same zip file. */
    private static final long NO_TIME = 0;

    private Corpus() {}

    /**
     * Committed inputs.
     *
     * @param name
     *            label of a target, or {@value #FINDINGS}
     * @return by name; empty if nothing was committed
     */
    static Map<String, byte[]> committed(String name) throws IOException {
        Map<String, byte[]> inputs = new TreeMap<>();
        try (InputStream resource = Corpus.class.getResourceAsStream("/corpus/" + name + ".zip")) {
            if (resource == null) {
                return inputs;
            }
            ZipInputStream zip = new ZipInputStream(resource);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                inputs.put(name + '/' + entry.getName(), zip.readAllBytes());
            }
        }
        return inputs;
    }

    /** Writes the files of a directory to a zip file as {@link #committed} reads it. */
    static void pack(Path directory, Path zipFile) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (var list = Files.list(directory)) {
            list.forEach(file -> files.put(file.getFileName().toString(), file));
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(zipFile))) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(NO_TIME);
                zip.putNextEntry(entry);
                Files.copy(file.getValue(), zip);
            }
        }
    }
}
