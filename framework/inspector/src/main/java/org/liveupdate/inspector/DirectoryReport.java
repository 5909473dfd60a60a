package org.liveupdate.inspector;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.ImageStore;
import org.liveupdate.kho.image.StoredImage;
import org.liveupdate.kho.image.StoredImage.State;

/**
 * What is in a handover directory. No file is opened: who has opened and closed a lock file has lost the lock of every
 * other user of it in the same JVM.
 *
 * @param path
 *            where it is
 * @param where
 *            the path and the type of its file system
 * @param images
 *            by number and state
 * @param shown
 *            the one that is to be looked at: what the next start loads, else the newest; empty if there is none
 * @param others
 *            all other files, by name
 */
record DirectoryReport(Path path, String where, List<StoredImage> images, Optional<StoredImage> shown,
        List<OtherFile> others) {

    /** A file that is no image. */
    record OtherFile(String name, long bytes) {
        boolean isMemory() {
            return name.startsWith("memory-");
        }
    }

    /**
     * Looks at a directory.
     *
     * @throws IOException
     *             if it is not a private directory of this user, saying what is wrong and what to do
     */
    static DirectoryReport of(Path path) throws IOException {
        HandoverDirectory directory = HandoverDirectory.open(path);
        ImageStore store = new ImageStore(directory);
        List<StoredImage> images = store.images();
        Optional<StoredImage> newest = images.stream().max(Comparator.comparingLong(StoredImage::number));
        return new DirectoryReport(directory.path(), directory.where(), images, store.pending().or(() -> newest),
                others(directory.path()));
    }

    private static List<OtherFile> others(Path directory) throws IOException {
        List<OtherFile> others = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (States.of(file).isEmpty()) {
                    try {
                        others.add(new OtherFile(file.getFileName().toString(),
                                (Long) Files.getAttribute(file, "size", LinkOption.NOFOLLOW_LINKS)));
                    } catch (NoSuchFileException e) {
                        continue; // deleted since the directory was read
                    }
                }
            }
        }
        others.sort(Comparator.comparing(OtherFile::name));
        return others;
    }

    /** In one sentence, which of the cases it is. */
    String sentence() {
        if (has(State.CLAIMED)) {
            return "an image is claimed: a successor is deciding, or both died; the next start may load it";
        }
        if (has(State.COMMITTED)) {
            return "an image is committed: the next start loads it";
        }
        if (!images.isEmpty()) {
            return "every image is decided: none is to be loaded";
        }
        if (others.stream().anyMatch(OtherFile::isMemory)) {
            return "no image: memory of a system that runs, or of one that ended without an image";
        }
        return others.isEmpty() ? "nothing: the directory is empty" : "no image and no memory";
    }

    private boolean has(State state) {
        return images.stream().anyMatch(image -> image.state() == state);
    }
}
