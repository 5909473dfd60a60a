package org.liveupdate.core.osgi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Where the last core of this framework left its image: for the next one, which is told no directory, or is told to wait
 * for a live update that has happened long ago. It is kept with the framework and not with this bundle, which may be
 * uninstalled and installed again.
 */
final class StopNote {
    /**
     * What it says.
     *
     * @param directory
     *            a handover directory, not looked at yet
     * @param image
     *            number of the image there
     */
    record Left(Path directory, long image) {}

    private static final String NAME = "org.liveupdate.core.stopped";

    /** Null if the framework has no storage: then nothing is remembered. */
    private final Path file;

    StopNote(Path file) {
        this.file = file;
    }

    static StopNote of(BundleContext context) {
        BundleContext framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        File file = framework == null ? null : framework.getDataFile(NAME);
        return new StopNote(file == null ? null : file.toPath());
    }

    /** What the last core wrote; empty if there is none, or it is no note. */
    Optional<Left> read() throws IOException {
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        try {
            return lines.size() == 2 ? Optional.of(new Left(Path.of(lines.get(0)), Long.parseLong(lines.get(1))))
                    : Optional.empty();
        } catch (InvalidPathException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whole or not at all: the name appears with the contents. */
    void write(Left left) throws IOException {
        if (file != null) {
            Path written = file.resolveSibling(NAME + ".new");
            Files.write(written, List.of(left.directory().toString(), Long.toString(left.image())));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void remove() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
