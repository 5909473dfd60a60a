package org.liveupdate.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.liveupdate.kho.image.FileOperations;
import org.liveupdate.kho.image.SystemFileOperations;

/** The real file operations, and somebody who looks on. */
abstract class WatchedFileOperations implements FileOperations {
    enum Kind {
        CREATE, WRITE, TRUNCATE, MAP, FORCE, RENAME, DELETE, FORCE_DIRECTORY
    }

    /** What is to be done, or was done. The target is where a file is renamed to, else null; the length in bytes. */
    record Operation(Kind kind, Path file, Path target, long position, long length) {
        Operation(Kind kind, Path file) {
            this(kind, file, null, 0, 0);
        }
    }

    interface Body<T> {
        T run() throws IOException;
    }

    private final FileOperations real = new SystemFileOperations();
    private final Map<FileChannel, Path> paths = Collections.synchronizedMap(new WeakHashMap<>());

    /** Does it, or not. */
    abstract <T> T perform(Operation operation, Body<T> body) throws IOException;

    @Override
    public FileChannel create(Path file) throws IOException {
        FileChannel channel = perform(new Operation(Kind.CREATE, file), () -> real.create(file));
        paths.put(channel, file);
        return channel;
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        FileChannel channel = real.open(file);
        paths.put(channel, file);
        return channel;
    }

    @Override
    public void write(FileChannel channel, ByteBuffer source, long position) throws IOException {
        perform(new Operation(Kind.WRITE, paths.get(channel), null, position, source.remaining()), () -> {
            real.write(channel, source, position);
            return null;
        });
    }

    @Override
    public void truncate(FileChannel channel, long bytes) throws IOException {
        perform(new Operation(Kind.TRUNCATE, paths.get(channel), null, bytes, 0), () -> {
            real.truncate(channel, bytes);
            return null;
        });
    }

    @Override
    public ByteBuffer map(FileChannel channel, long position, int bytes) throws IOException {
        return perform(new Operation(Kind.MAP, paths.get(channel), null, position, bytes),
                () -> real.map(channel, position, bytes));
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        perform(new Operation(Kind.FORCE, paths.get(channel)), () -> {
            real.force(channel);
            return null;
        });
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        perform(new Operation(Kind.RENAME, from, to, 0, 0), () -> {
            real.rename(from, to);
            return null;
        });
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return perform(new Operation(Kind.DELETE, file), () -> real.delete(file));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        perform(new Operation(Kind.FORCE_DIRECTORY, directory), () -> {
            real.forceDirectory(directory);
            return null;
        });
    }
}
