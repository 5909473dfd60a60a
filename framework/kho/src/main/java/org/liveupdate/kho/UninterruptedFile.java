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
import java.nio.file.attribute.BasicFileAttributes;
import org.liveupdate.kho.image.FileOperations;
import org.liveupdate.kho.image.MemoryHeader;
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

    private final FileOperations files;
    private final Path path;
    /** Device and inode: what is opened again is the same file. */
    private final Object identity;
    /** Replaced when it was closed by an interrupt. Writes guarded by this. */
    private volatile FileChannel channel;
    /** Guarded by this. */
    private boolean closed;

    private UninterruptedFile(FileOperations files, Path path, FileChannel channel) throws IOException {
        this.files = files;
        this.path = path;
        this.channel = channel;
        this.identity = identity(path);
    }

    /** Creates a file that must not exist; its name is durable. */
    static UninterruptedFile create(FileOperations files, Path path) throws IOException {
        UninterruptedFile created = new UninterruptedFile(files, path, files.create(path));
        try {
            files.forceDirectory(path.getParent());
        } catch (IOException e) {
            created.close();
            files.delete(path);
            throw e;
        }
        return created;
    }

    /** Opens a file that must be there and be ours. */
    static UninterruptedFile open(FileOperations files, Path path) throws IOException {
        PrivateFile.check(path);
        return new UninterruptedFile(files, path, files.open(path));
    }

    Path path() {
        return path;
    }

    long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    /** Maps {@code bytes} bytes from {@code position} on; a file that is shorter becomes longer without taking room. */
    ByteBuffer map(long position, int bytes) throws IOException {
        return uninterrupted(open -> files.map(open, position, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes all of {@code source} to {@code position}. */
    void write(ByteBuffer source, long position) throws IOException {
        uninterrupted(open -> {
            files.write(open, source, position);
            return null;
        });
    }

    /** Makes contents, those written through mappings included, and length durable. */
    void force() throws IOException {
        uninterrupted(open -> {
            files.force(open);
            return null;
        });
    }

    /** Overwrites the file if its header says that there were secrets in it; it may be closed. */
    void eraseSecrets() throws IOException {
        MemoryHeader.eraseSecrets(files, path);
    }

    /** Deletes the file; it may be closed. */
    void delete() throws IOException {
        files.delete(path);
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
            FileChannel again = files.open(path);
            if (!identity.equals(identity(path))) {
                again.close();
                throw new FileSystemException(path.toString(), null, "was replaced by another file");
            }
            channel = again;
        }
    }

    private static Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }
}
