package org.liveupdate.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.ByteFile;

/** Files of the file system as files that can be preserved, and back. */
final class FileArgument {
    private static final int CHUNK = 1 << 20;

    private FileArgument() {}

    /**
     * Loads a file into a new memfd.
     *
     * @param memfds
     *            null if there is no provider of memfds
     * @return the memfd; whoever asked closes it
     * @throws LiveUpdateException
     *             {@code ENODEV} nobody provides memfds · {@code ENOENT} there is no such file, or it is none of bytes ·
     *             {@code EIO} it cannot be read, or there is no room for it
     */
    static Memfd load(MemfdFactory memfds, Path path) throws LiveUpdateException {
        if (memfds == null) {
            throw new LiveUpdateException(Errno.ENODEV, path + " cannot be loaded: nobody provides memfds; install and"
                    + " start org.liveupdate.providers.memfd, or give an object of another kind");
        }
        if (!Files.isRegularFile(path)) {
            throw new LiveUpdateException(Errno.ENOENT, path + " is no file that could be loaded");
        }
        Memfd memfd = null;
        try (FileChannel source = FileChannel.open(path)) {
            memfd = memfds.create(path.getFileName().toString());
            copy(source, memfd);
            return memfd;
        } catch (IOException e) {
            if (memfd != null) {
                memfd.close();
            }
            throw new LiveUpdateException(Errno.EIO, path + " could not be loaded into a memfd: " + e.getMessage());
        }
    }

    private static void copy(FileChannel source, Memfd target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        while (source.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
            buffer.clear();
        }
    }

    /**
     * Writes the bytes of a retrieved file into a new file.
     *
     * @throws LiveUpdateException
     *             {@code EINVAL} the file has no bytes · {@code EIO} it cannot be written, or there is one already
     */
    static void save(Object file, Path path) throws LiveUpdateException {
        if (!(file instanceof ByteFile bytes)) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "this file is no file of bytes, and cannot be written to " + path);
        }
        try (OutputStream target = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE); WritableByteChannel channel = Channels.newChannel(target)) {
            bytes.visit(view -> {
                while (view.hasRemaining()) {
                    channel.write(view);
                }
            });
        } catch (IOException e) {
            throw new LiveUpdateException(Errno.EIO, path + " could not be written: " + e);
        }
    }
}
