package org.liveupdate.kexec.supervisor;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Checks a file that the user named before anything is started for it. */
final class InputFile {
    private InputFile() {}

    /** The absolute path of a regular file that can be read. */
    static Path check(String word) throws Failure {
        Path file;
        try {
            file = Path.of(word).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new Failure("\"" + word + "\" cannot be the name of a file: " + e.getReason());
        }
        if (word.isEmpty() || Files.notExists(file)) {
            throw new Failure("cannot read " + (word.isEmpty() ? "\"\"" : file) + ": there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new Failure("cannot read " + file + ": it is a directory; name regular files");
        }
        if (!Files.isReadable(file)) {
            throw new Failure("cannot read " + file + ": permission denied; make it readable for this user");
        }
        if (!Files.isRegularFile(file)) {
            throw new Failure("cannot read " + file + ": it is not a regular file");
        }
        return file;
    }
}
