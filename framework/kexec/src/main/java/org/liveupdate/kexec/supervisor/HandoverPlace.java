package org.liveupdate.kexec.supervisor;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.liveupdate.kho.image.DirectoryLock;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.ImageStore;
import org.liveupdate.kho.image.Reclaimed;
import org.liveupdate.kho.image.StoredImage;

/**
 * The handover directory as the supervisor sees it: its lock, held from here on, and the image that an earlier run left.
 */
final class HandoverPlace implements Closeable {
    private static final Pattern GENERATION_LOCK = Pattern.compile("generation-([0-9]{1,18})\\.lock");

    private final HandoverDirectory directory;
    private final DirectoryLock lock;
    private final ImageStore images;
    private final boolean ours;
    private final String remedy;
    private final PrintStream out;

    private HandoverPlace(HandoverDirectory directory, boolean ours, String remedy, PrintStream out)
            throws IOException {
        this.directory = directory;
        this.ours = ours;
        this.remedy = remedy;
        this.out = out;
        this.lock = directory.lockSupervisor();
        this.images = new ImageStore(directory);
    }

    /**
     * Opens and locks.
     *
     * @param named
     *            what the user wants; without, a fresh private directory is made, which goes again at the end if nothing
     *            is preserved in it
     * @param bytesWanted
     *            room that a fresh one should have
     * @param remedy
     *            what the user can do about an image that is left, up to the directory
     * @throws IOException
     *             if the directory is not fit, or somebody uses it
     * @throws Failure
     *             if a generation without supervisor uses it
     */
    static HandoverPlace open(Optional<Path> named, long bytesWanted, String remedy, PrintStream out)
            throws IOException, Failure {
        HandoverDirectory directory = named.isPresent() ? HandoverDirectory.open(named.get())
                : HandoverDirectory.createDefault(bytesWanted);
        HandoverPlace place = new HandoverPlace(directory, named.isEmpty(), remedy, out);
        try {
            place.refuseOrphans();
        } catch (IOException | Failure e) {
            place.close();
            throw e;
        }
        return place;
    }

    /** A supervisor that was killed leaves its generations to themselves; they stop in order, and that takes a moment. */
    private void refuseOrphans() throws IOException, Failure {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(directory.path(), "generation-*.lock")) {
            for (Path file : locks) {
                Matcher name = GENERATION_LOCK.matcher(file.getFileName().toString());
                if (name.matches() && directory.isGenerationAlive(Long.parseLong(name.group(1)))) {
                    throw new Failure(directory.path() + " is in use: generation " + name.group(1)
                            + " of an earlier run lost its supervisor and has not ended yet (lock file " + file
                            + "); try again when it has, or use another directory");
                }
            }
        }
    }

    Path path() {
        return directory.path();
    }

    /** The image that an earlier run left and that can be loaded. */
    Optional<StoredImage> pending() throws IOException {
        return images.pending();
    }

    /** Gives up what was preserved. */
    void discard() throws IOException {
        for (Optional<StoredImage> left = images.pending(); left.isPresent(); left = images.pending()) {
            images.discard(left.get());
            out.println("discarded " + left.get().path());
        }
    }

    /** Removes memory that no image needs, and says so. While no generation runs. */
    void reclaim() throws IOException {
        Reclaimed reclaimed = directory.reclaim();
        if (!reclaimed.files().stream().allMatch(file -> file.toString().endsWith(".lock"))) {
            out.println("reclaimed " + reclaimed.bytes() + " bytes of handover memory that no image in " + path()
                    + " needs (" + reclaimed.files().size() + " files)");
        }
    }

    /** Says where it is. */
    void announce() {
        out.println("handover directory " + directory.where());
    }

    /** Says whether there is something to go on with, and how. */
    void announceLeft() throws IOException {
        Optional<StoredImage> left = images.pending();
        if (left.isPresent()) {
            out.println("what is preserved is in " + left.get().path() + "; " + remedy + " --directory " + path());
        }
    }

    /** Releases the lock. A directory that was made here goes if nothing is preserved in it. */
    @Override
    public void close() throws IOException {
        try (lock) {
            if (ours && images.pending().isEmpty()) {
                RunDirectory.remove(path());
            }
        }
    }
}
