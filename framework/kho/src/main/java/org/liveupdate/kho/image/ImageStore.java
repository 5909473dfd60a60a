package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.liveupdate.kho.image.StoredImage.State;

/**
 * The images in a handover directory. The state of an image is in its name, and every transition is one atomic rename:
 * of two who try at once, in this process or another, exactly one succeeds.
 *
 * <pre>
 *   state      event     by                                   next
 *   -          commit    the generation that hands over       COMMITTED
 *   COMMITTED  claim     the successor, before it looks       CLAIMED
 *   COMMITTED  takeBack  the generation that handed over      TAKEN_BACK
 *   CLAIMED    confirm   the successor, after checking        CONFIRMED
 *   CLAIMED    takeBack  the generation that handed over      TAKEN_BACK
 *   any        discard   the operator                         -
 * </pre>
 *
 * <p>States only move forward: whoever looks for the next state while somebody else renames finds the old name or the
 * new one. A decided image (confirmed or taken back) is never loaded again; the newest one is kept for inspection, and
 * as the mark below which no image is pending: an undecided image with a smaller number is older than the decision and
 * harmless.
 *
 * <p>Stateless, so safe for use by several threads. Whoever commits or decides holds the directory's locks.
 */
public final class ImageStore {

    /** The longest image that is loaded, in bytes: 1 GiB. */
    public static final long MAX_IMAGE_BYTES = 1L << 30;

    private final HandoverDirectory place;
    private final Path directory;
    private final FileOperations files;

    /** The images in a directory. */
    public ImageStore(HandoverDirectory directory) {
        this.place = directory;
        this.directory = directory.path();
        this.files = directory.files();
    }

    /**
     * Begins a commit, so that room for it can be reserved while nothing waits for it.
     *
     * @param number as of {@link #commit(long, ByteBuffer...)}
     * @return to be committed or closed
     * @throws FileAlreadyExistsException if an image of that number is being written
     * @throws IOException if the file cannot be created
     */
    public ImageCommit begin(long number) throws IOException {
        return new ImageCommit(place, number);
    }

    /**
     * Commits an image: written to a new file, forced, and renamed. Before the rename there is no image, after it a
     * whole one. Decided images but the newest are deleted, and so is one of the same number that was taken back.
     *
     * @param number the number of the live update, above that of every confirmed image, and not below a pending one
     * @param content what the image consists of, in order; the buffers' positions are not moved
     * @return the committed file
     * @throws FileAlreadyExistsException if an image of that number is there, or being written
     * @throws IOException if it cannot be written; nothing is left behind then
     */
    public Path commit(long number, ByteBuffer... content) throws IOException {
        try (ImageCommit commit = begin(number)) {
            return commit.commit(content);
        }
    }

    /** Commits an image that is one array. */
    public Path commit(long number, byte[] content) throws IOException {
        return commit(number, ByteBuffer.wrap(content));
    }

    /**
     * Claims a committed image for this process.
     *
     * @throws FileSystemException if there is no such committed image, saying what there is
     */
    public StoredImage claim(long number) throws IOException {
        if (!rename(number, State.COMMITTED, State.CLAIMED)) {
            throw new FileSystemException(path(number, State.COMMITTED).toString(), null,
                    "image cannot be claimed: it is " + describe(number));
        }
        return new StoredImage(number, State.CLAIMED, path(number, State.CLAIMED));
    }

    /**
     * Decides that the successor owns the state.
     *
     * @return true if this call decided; false if the image was taken back
     * @throws FileSystemException if it is not claimed, or was confirmed before
     */
    public boolean confirm(long number) throws IOException {
        if (rename(number, State.CLAIMED, State.CONFIRMED)) {
            return true;
        }
        if (exists(number, State.TAKEN_BACK)) {
            return false;
        }
        throw new FileSystemException(path(number, State.CLAIMED).toString(), null,
                "image cannot be confirmed: it is " + describe(number));
    }

    /**
     * Decides that the generation that committed the image goes on.
     *
     * @return true if this call decided; false if the image is confirmed
     * @throws FileSystemException if there is no undecided image of that number
     */
    public boolean takeBack(long number) throws IOException {
        // claimed after the first attempt is found by the second: states only move forward
        if (rename(number, State.COMMITTED, State.TAKEN_BACK) || rename(number, State.CLAIMED, State.TAKEN_BACK)) {
            return true;
        }
        if (exists(number, State.CONFIRMED)) {
            return false;
        }
        throw new FileSystemException(path(number, State.CLAIMED).toString(), null,
                "image cannot be taken back: it is " + describe(number));
    }

    /**
     * The image that waits for a decision: the undecided one with the highest number, unless one with that number or a
     * higher one is decided. Its contents are not looked at.
     */
    public Optional<StoredImage> pending() throws IOException {
        List<StoredImage> images = images();
        return images.stream().filter(image -> !image.state().isDecided())
                .max(Comparator.comparingLong(StoredImage::number))
                .filter(last -> images.stream()
                        .noneMatch(image -> image.state().isDecided() && image.number() >= last.number()));
    }

    /** All images, by number and state. Files with other names are no images. */
    public List<StoredImage> images() throws IOException {
        return ImageNames.list(directory);
    }

    /**
     * Deletes an image.
     *
     * @return false if it is not in that state any more
     */
    public boolean discard(StoredImage image) throws IOException {
        boolean deleted = files.delete(image.path());
        tryForceDirectory();
        return deleted;
    }

    /**
     * Reads an undecided image.
     *
     * @return all its bytes, to be given to {@link ImageReader#open}
     * @throws IllegalArgumentException if it is decided: it must not be loaded again
     * @throws ImageException if it is too long, or does not end like an image of its length
     * @throws IOException if it cannot be read or is not a private file of this user
     */
    public byte[] load(StoredImage image) throws IOException {
        if (image.state().isDecided()) {
            throw new IllegalArgumentException(image.path() + " is decided: an image is consumed once");
        }
        return inspect(image);
    }

    /** Reads an image in any state, to look at it. As {@link #load} otherwise. */
    public byte[] inspect(StoredImage image) throws IOException {
        return ImageFile.read(image.path(), MAX_IMAGE_BYTES);
    }

    private boolean rename(long number, State from, State to) throws IOException {
        try {
            files.rename(path(number, from), path(number, to));
        } catch (NoSuchFileException e) {
            return false;
        }
        tryForceDirectory();
        return true;
    }

    /** After a rename that has decided something already: a failure must not make it look as if it had not. */
    private void tryForceDirectory() {
        try {
            files.forceDirectory(directory);
        } catch (IOException e) {
            // the decision stands for everybody who looks; only after a crash of the machine might it be lost
            return;
        }
    }

    private boolean exists(long number, State state) {
        return Files.exists(path(number, state), LinkOption.NOFOLLOW_LINKS);
    }

    private String describe(long number) throws IOException {
        return images().stream().filter(image -> image.number() == number).map(image -> image.state().suffix())
                .findFirst()
                .orElse("not there");
    }

    private Path path(long number, State state) {
        return ImageNames.path(directory, number, state);
    }
}
