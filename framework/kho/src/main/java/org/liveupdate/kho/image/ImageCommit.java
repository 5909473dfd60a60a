package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.liveupdate.kho.image.StoredImage.State;

/**
 * One commit, from the moment its number is taken: room is reserved while there is time, then the image is written,
 * forced, and renamed. Until it is committed, closing it leaves nothing behind. Not thread safe.
 */
public final class ImageCommit implements AutoCloseable {

    /** Zeros that are written at once: so few that they stay in the cache. */
    private static final int PIECE_BYTES = 64 << 10;

    private final FileOperations files;
    private final Path directory;
    private final long number;
    private final Path unfinished;
    private final Path committed;
    private final FileChannel channel;
    private boolean done;

    ImageCommit(HandoverDirectory directory, long number) throws IOException {
        this.files = directory.files();
        this.directory = directory.path();
        this.number = number;
        this.unfinished = ImageNames.unfinished(this.directory, number);
        this.committed = ImageNames.path(this.directory, number, State.COMMITTED);
        this.channel = create();
    }

    /** The number of the live update. */
    public long number() {
        return number;
    }

    /**
     * Takes room in the file system by writing zeros, so that a commit of up to that length cannot run out of it.
     *
     * @throws IOException if there is no room; the commit may still be tried
     */
    public void reserve(long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(PIECE_BYTES, bytes));
        try {
            for (long done = 0; done < bytes; done += zeros.capacity()) {
                files.write(channel, zeros.slice(0, (int) Math.min(zeros.capacity(), bytes - done)), done);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /**
     * Commits the image. Before this there is none; when it has returned there is a whole one, which closing does not
     * touch.
     *
     * @param content as of {@link ImageStore#commit(long, ByteBuffer...)}
     * @return the committed file
     * @throws FileAlreadyExistsException if an image that is there has this number or stands above it
     * @throws IOException if it cannot be written; there is no image then
     */
    public Path commit(ByteBuffer... content) throws IOException {
        // looked at while the new file keeps everybody else from committing this number
        List<StoredImage> images = ImageNames.list(directory);
        for (StoredImage image : images) {
            requireAbove(image);
        }
        write(content);
        deleteOld(images);
        files.rename(unfinished, committed);
        done = true;
        try {
            files.forceDirectory(directory);
        } catch (IOException e) {
            // the caller is going to hear that there is no image, so there must be none
            delete(committed, e);
            throw e;
        }
        return committed;
    }

    /** Ends the commit; without an image if there is none yet. Closing twice does nothing. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (!done) {
            done = true;
            files.delete(unfinished);
        }
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
            return files.create(unfinished);
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(unfinished.toString(), null,
                    "another commit is running, or was interrupted: reclaim the directory");
        }
    }

    private void write(ByteBuffer... content) throws IOException {
        long position = 0;
        try {
            for (ByteBuffer part : content) {
                files.write(channel, part, position);
                position += part.remaining();
            }
            if (channel.size() > position) {
                files.truncate(channel, position);
            }
            files.force(channel);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** A channel does not say which file it is about. */
    private FileSystemException notWritten(IOException cause) {
        FileSystemException named = new FileSystemException(unfinished.toString(), null,
                "image cannot be written (" + cause.getMessage() + "): make room, or use another directory");
        named.initCause(cause);
        return named;
    }

    /** Keeps the newest decided image, unless it has the number that is committed now. */
    private void deleteOld(List<StoredImage> images) throws IOException {
        long newest = images.stream().filter(image -> image.state().isDecided() && image.number() != number)
                .mapToLong(StoredImage::number).max().orElse(-1);
        for (StoredImage image : images) {
            if (image.state().isDecided() && image.number() != newest) {
                files.delete(image.path());
            }
        }
    }

    private void delete(Path file, Throwable cause) {
        try {
            files.delete(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
