package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** File operations of the operating system. Stateless. */
public final class SystemFileOperations implements FileOperations {

    /** How much is written at once: a channel copies what is in the heap through a buffer of this size. */
    private static final int PIECE_BYTES = 128 << 10;

    @Override
    public FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), PrivateFile.permissions());
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer source, long position) throws IOException {
        ByteBuffer rest = source.duplicate();
        int end = source.limit();
        while (rest.position() < end) {
            long target = position + rest.position() - source.position();
            rest.limit(Math.min(end, rest.position() + PIECE_BYTES));
            channel.write(rest, target);
        }
    }

    @Override
    public void truncate(FileChannel channel, long bytes) throws IOException {
        channel.truncate(bytes);
    }

    @Override
    public ByteBuffer map(FileChannel channel, long position, int bytes) throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, position, bytes);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        channel.force(true);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
