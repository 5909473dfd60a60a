package org.liveupdate.core.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.liveupdate.api.Errno;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.journal.Journal;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.ImageStore;

/**
 * Where a core begins: in the directory that is configured, or where the last core of this framework left its image, or
 * in a fresh one.
 *
 * @param directory
 *            open, and safe
 * @param resumes
 *            whether the last core of this framework left an image there, which nobody has taken over
 */
record StartingPlace(HandoverDirectory directory, boolean resumes) {
    private static final long DEFAULT_BYTES_WANTED = 1L << 30;

    /**
     * Looks for it.
     *
     * @param configured
     *            the configured directory, or null
     * @param note
     *            of the last core; removed if it is of no use
     * @param journal
     *            where it is written down when what the last core left is ignored
     * @throws IOException
     *             the configured directory is not safe, or a fresh one cannot be made
     */
    static StartingPlace find(Path configured, StopNote note, Journal journal) throws IOException {
        HandoverDirectory given = configured == null ? null : HandoverDirectory.open(configured);
        Optional<StopNote.Left> left = note.read();
        if (left.isPresent()) {
            try {
                return new StartingPlace(resumed(left.get(), given), true);
            } catch (IOException e) {
                journal.write(EventId.LEFT_IGNORED, left.get().directory(), Errno.EINVAL,
                        "image " + left.get().image() + ", which the last core of this framework left in "
                                + left.get().directory() + ", is ignored: " + e.getMessage());
                note.remove();
            }
        }
        return new StartingPlace(given == null ? HandoverDirectory.createDefault(DEFAULT_BYTES_WANTED) : given, false);
    }

    private static HandoverDirectory resumed(StopNote.Left left, HandoverDirectory given) throws IOException {
        if (given != null && !given.path().equals(left.directory())) {
            throw new IOException("liveupdate.directory is " + given.path() + " now");
        }
        HandoverDirectory directory = given == null ? HandoverDirectory.open(left.directory()) : given;
        if (new ImageStore(directory).pending().filter(image -> image.number() == left.image()).isEmpty()) {
            throw new IOException("it is not there, or was taken over");
        }
        return directory;
    }
}
