package org.liveupdate.core.osgi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.liveupdate.api.Errno;
import org.liveupdate.core.image.Formats;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageDecoder;
import org.liveupdate.core.image.ImageEncoder;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageRoom;
import org.liveupdate.core.image.Moments;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.journal.Journal;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.MemoryStatistics;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.ImageCommit;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageStore;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.Reclaimed;
import org.liveupdate.kho.image.StoredImage;

/** The handover directory of one generation: its memory file and its images. Not thread safe; its user orders calls. */
final class Storage {
    private final HandoverDirectory directory;
    private final boolean ours;
    private final ImageStore images;
    private final MemoryOptions options;
    private final Journal journal;
    private HandoverMemory memory;
    private long imageBytes;
    private List<String> imageFormats = List.of();

    /**
     * The storage in a directory.
     *
     * @param ours
     *            whether the directory was made for this generation: it is removed at the end, if nothing is in it
     */
    Storage(HandoverDirectory directory, boolean ours, MemoryOptions options, Journal journal) {
        this.ours = ours;
        this.directory = directory;
        this.images = new ImageStore(directory);
        this.options = options;
        this.journal = journal;
    }

    Path path() {
        return directory.path();
    }

    /** Null before memory was created or attached. */
    HandoverMemory memory() {
        return memory;
    }

    /** Length of the image that was loaded or committed last, in bytes. */
    long imageBytes() {
        return imageBytes;
    }

    /** What the image that was loaded is written in. */
    List<String> imageFormats() {
        return imageFormats;
    }

    /** The undecided image of a generation that ended, if there is one. */
    Optional<StoredImage> pending() throws IOException {
        return images.pending();
    }

    /** A clean start: what earlier runs left without an undecided image is removed, and reported. */
    void startClean() throws IOException {
        List<StoredImage> decided = images.images();
        for (StoredImage old : decided) {
            images.discard(old);
        }
        Reclaimed reclaimed = directory.reclaim();
        if (reclaimed.bytes() > 0) {
            journal.write(EventId.RECLAIMED, directory.path(), "started clean: " + reclaimed.bytes()
                    + " bytes of handover memory that an earlier generation left without an image were reclaimed: "
                    + reclaimed.files() + fate(decided));
        }
        memory = HandoverMemory.create(directory, options);
    }

    /** What became of the newest image of those that are never loaded again. */
    private static String fate(List<StoredImage> decided) {
        return decided.stream().max(Comparator.comparingLong(StoredImage::number))
                .map(image -> image.state() == StoredImage.State.CONFIRMED
                        ? "; live update " + image.number()
                                + " consumed the last image, and the generation that it led "
                                + "to ended without writing another one"
                        : "; the last image, number " + image.number()
                                + ", was taken back by the generation that wrote it, which ended without another one")
                .orElse("; there was no image");
    }

    StoredImage claim(long number) throws IOException {
        return images.claim(number);
    }

    /** Reads an image and attaches its memory, frozen. Nothing is written. */
    Image load(StoredImage stored) throws IOException {
        byte[] bytes = images.load(stored);
        ImageReader reader = ImageReader.open(bytes, stored.path());
        Image image = ImageDecoder.decode(reader);
        imageFormats = formats(reader);
        imageBytes = bytes.length;
        if (image.memory() != null) {
            memory = HandoverMemory.attach(directory, image.memory(), options);
        }
        return image;
    }

    private static List<String> formats(ImageReader reader) throws ImageException {
        try {
            return Formats.of(reader.tree());
        } catch (FdtException e) {
            throw ImageException.of(reader.name(), e);
        }
    }

    boolean confirm(long number) throws IOException {
        return images.confirm(number);
    }

    boolean takeBack(long number) throws IOException {
        return images.takeBack(number);
    }

    /**
     * Begins the commit of an image, while everything goes on: its number is taken, and room for it.
     *
     * @param filesBySession
     *            how many files each session holds
     */
    ImageCommit begin(long number, List<Integer> filesBySession) throws IOException {
        MemoryStatistics statistics = memory.statistics();
        long files = filesBySession.stream().mapToLong(Integer::longValue).sum();
        ImageRoom room = new ImageRoom(filesBySession.size(), files, statistics.scopes(), statistics.preservedBlocks());
        ImageCommit commit = images.begin(number);
        try {
            commit.reserve(room.bytes());
            return commit;
        } catch (IOException e) {
            commit.close();
            throw e;
        }
    }

    /** Writes an image; the memory is frozen. */
    void commit(ImageCommit commit, ImageModel model, Moments moments) throws IOException {
        ByteBuffer bytes = ImageEncoder.encode(new Image(model, moments, carried(model)));
        imageBytes = bytes.remaining();
        // an image must not outlive what it refers to
        memory.force();
        commit.commit(bytes);
    }

    /** The state of the memory without scopes that nothing in the image refers to: their secrets are erased. */
    private MemoryState carried(ImageModel model) {
        return memory.state().withScopes(model.scopes());
    }

    /** The generation ends. Without an undecided image its memory is of no use to anybody, and removed. */
    void close(boolean keep) {
        if (memory == null) {
            return;
        }
        try {
            memory.close();
            memory = null;
            if (!keep) {
                directory.reclaim();
                if (ours) {
                    for (StoredImage decided : images.images()) {
                        images.discard(decided);
                    }
                    Files.delete(directory.path());
                }
            }
        } catch (IOException e) {
            journal.write(EventId.NOT_GIVEN_UP, directory.path(), Errno.EIO,
                    "handover memory in " + directory.path() + " could not be given up: " + e.getMessage());
        }
    }
}
