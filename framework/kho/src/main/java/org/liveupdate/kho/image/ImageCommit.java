package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.liveupdate.kho.image.StoredImage.State;

/** One commit: checks the number, clears old images away, writes, forces, renames. */
final class ImageCommit {

    private final Path directory;
    private final long number;
    private final Path unfinished;
    private final Path committed;

    ImageCommit(Path directory, long number) {
        this.directory = directory;
        this.number = number;
        this.unfinished = ImageNames.unfinished(directory, number);
        this.committed = ImageNames.path(directory, number, State.COMMITTED);
    }

    Path commit(ByteBuffer... content) throws IOException {
        try (FileChannel channel = create()) {
            try {
                // looked at while the new file keeps everybody else from committing this number
                List<StoredImage> images = ImageNames.list(directory);
                for (StoredImage image : images) {
                    requireAbove(image);
                }
                deleteOld(images);
                write(channel, content);
                Files.move(unfinished, committed, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException | Error e) {
                delete(unfinished, e);
                throw e;
            }
        }
        try {
            DirectoryForce.force(directory);
        } catch (IOException e) {
            // the caller is going to hear that there is no image, so there must be none
            delete(committed, e);
            throw e;
        }
        return committed;
    }

    private void requireAbove(StoredImage image) throws FileAlreadyExistsException {
        boolean inTheWay = switch (image.state()) {
            case COMMITTED, CLAIMED, CONFIRMED -> image.number() >= number;
            case TAKEN_BACK -> image.number() > number;
        };
        if (inTheWay) {
            throw new FileAlreadyExistsException(image.path().toString(), null,
                    "live update " + number + " cannot be committed behind it: discard it, or use a higher number");
        }
    }

    private FileChannel create() throws IOException {
        try {
            return FileChannel.open(unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS), PrivateFile.permissions());
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(unfinished.toString(), null,
                    "another commit is running, or was interrupted: reclaim the directory");
        }
    }

    /** Keeps the newest decided image, unless it has the number that is committed now. */
    private void deleteOld(List<StoredImage> images) throws IOException {
        long newest = images.stream().filter(image -> image.state().isDecided() && image.number() != number)
                .mapToLong(StoredImage::number).max().orElse(-1);
        for (StoredImage image : images) {
            if (image.state().isDecided() && image.number() != newest) {
                Files.deleteIfExists(image.path());
            }
        }
    }

    private static void write(FileChannel channel, ByteBuffer... content) throws IOException {
        for (ByteBuffer part : content) {
            ByteBuffer rest = part.duplicate();
            int end = rest.limit();
            while (rest.position() < end) {
                rest.limit(Math.min(end, rest.position() + ImageFile.PIECE_BYTES));
                channel.write(rest);
            }
        }
        channel.force(true);
    }

    private static void delete(Path file, Throwable cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
