package org.liveupdate.kho;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.liveupdate.kho.image.PrivateFile;

/**
 * The memory file, as a channel that survives its callers: a file channel is closed when a thread that uses it is
 * interrupted, and the callbacks of providers are interrupted when their time is up. Then the file is opened again, the
 * operation repeated, and the thread's interrupt status restored. Safe for use by several threads.
 */
final class UninterruptedFile implements AutoCloseable {

    private interface Operation<T> {
        T run(FileChannel channel) throws IOException;
    }

    private final Path path;
    /** Device and inode: what is opened again is the same file. */
    private final Object identity;
    /** Replaced when it was closed by an interrupt. Writes guarded by this. */
    private volatile FileChannel channel;
    /** Guarded by this. */
    private boolean closed;

    private UninterruptedFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.identity = identity(path);
    }

    /** Creates a file that must not exist. */
    static UninterruptedFile create(Path path) throws IOException {
        return new UninterruptedFile(path, FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PrivateFile.permissions()));
    }

    /** Opens a file that must be there and be ours. */
    static UninterruptedFile open(Path path) throws IOException {
        PrivateFile.check(path);
        return new UninterruptedFile(path, openChannel(path));
    }

    Path path() {
        return path;
    }

    long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    /** Maps {@code bytes} bytes from {@code position} on; a file that is shorter becomes longer without taking room. */
    ByteBuffer map(long position, int bytes) throws IOException {
        return uninterrupted(open -> open.map(FileChannel.MapMode.READ_WRITE, position, bytes))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes all of {@code source} to {@code position}. */
    void write(ByteBuffer source, long position) throws IOException {
        uninterrupted(open -> {
            ByteBuffer rest = source.duplicate();
            while (rest.hasRemaining()) {
                open.write(rest, position + rest.position() - source.position());
            }
            return null;
        });
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    private <T> T uninterrupted(Operation<T> operation) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                FileChannel open = channel;
                try {
                    return operation.run(open);
                } catch (ClosedChannelException e) {
                    // by an interrupt of this thread or of another one that was using the channel
                    interrupted |= Thread.interrupted();
                    reopen(open, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == broken) {
            FileChannel again = openChannel(path);
            if (!identity.equals(identity(path))) {
                again.close();
                throw new FileSystemException(path.toString(), null, "was replaced by another file");
            }
            channel = again;
        }
    }

    private static FileChannel openChannel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private static Object identity(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }
}
