package org.liveupdate.kexec.supervisor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.liveupdate.kexec.supervisor.SupervisedRun.LeftImage;

/**
 * The options {@code --directory DIR}, {@code --resume} and {@code --discard}, which all commands that run generations
 * have.
 *
 * @param directory
 *            where the user wants the handover memory
 * @param leftImage
 *            what is done with an image found there
 */
record DirectoryOptions(Optional<Path> directory, LeftImage leftImage) {
    static final String DIRECTORY = "--directory";
    static final String RESUME = "--resume";
    static final String DISCARD = "--discard";
    static final Set<String> FLAGS = Set.of(RESUME, DISCARD);

    /**
     * Reads them.
     *
     * @param standard
     *            what is done with an image if neither option is there
     */
    static DirectoryOptions of(Arguments arguments, LeftImage standard) throws UsageException {
        boolean resume = arguments.has(RESUME);
        boolean discard = arguments.has(DISCARD);
        if (resume && discard) {
            throw new UsageException("--resume and --discard exclude each other");
        }
        Optional<String> directory = arguments.value(DIRECTORY);
        if ((resume || discard) && directory.isEmpty()) {
            throw new UsageException((resume ? RESUME : DISCARD)
                    + " needs --directory DIR: without it the directory is a fresh one");
        }
        LeftImage policy = resume ? LeftImage.RESUME : discard ? LeftImage.DISCARD : standard;
        return new DirectoryOptions(directory.isEmpty() ? Optional.empty() : Optional.of(path(directory.get())),
                policy);
    }

    /** A path that a user wrote. */
    static Path path(String word) throws UsageException {
        try {
            if (!word.isEmpty()) {
                return Path.of(word);
            }
        } catch (InvalidPathException e) {
            // the sentence below says it for both
        }
        throw new UsageException("\"" + word + "\" cannot be the name of a directory");
    }
}
