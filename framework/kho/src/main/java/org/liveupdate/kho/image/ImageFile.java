package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads an image file into the heap, after looking at the file and its last bytes: memory is allocated last. */
final class ImageFile {

    /** How much is read at once: a channel copies what goes to the heap through a buffer of this size. */
    private static final int PIECE_BYTES = 128 << 10;

    private ImageFile() {}

    static byte[] read(Path file, long maxBytes) throws IOException {
        long length = PrivateFile.check(file);
        ImageTrailer.requireLength(length, file);
        if (length > maxBytes) {
            throw ImageException.corrupt(file, -1, "at most " + maxBytes + " bytes", length + " bytes");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer end = ByteBuffer.allocate(ImageLayout.TRAILER_BYTES);
            readFully(channel, end, length - ImageLayout.TRAILER_BYTES, file);
            ImageTrailer.checkEnd(end.flip(), length, file);
            ByteBuffer image = ByteBuffer.allocate((int) length);
            readFully(channel, image, 0, file);
            return image.array();
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long start, Path file) throws IOException {
        int end = target.limit();
        while (target.position() < end) {
            target.limit(Math.min(end, target.position() + PIECE_BYTES));
            if (channel.read(target, start + target.position()) < 0) {
                throw ImageException.corrupt(file, start + target.position(), (end - target.position()) + " more bytes",
                        "the end of the file");
            }
        }
    }
}
