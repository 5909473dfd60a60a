package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The first page of a memory file, which is never handed out.
 *
 * <pre>
 *      0  u64  secrets  "LUOSECRT" as bytes if there ever were secret blocks in the file, else 0
 *      8       zeros
 * </pre>
 *
 * <p>So whoever deletes the file of a system that crashed knows that it is to be overwritten, even if no image says
 * where. Stateless.
 */
public final class MemoryHeader {

    /** "LUOSECRT", read as a little-endian number. */
    private static final long SECRETS = 0x54524345534f554cL;
    private static final int PIECE_BYTES = 1 << 20;

    private MemoryHeader() {}

    /** What to write to the start of a file before there are secrets in it; position 0. */
    public static ByteBuffer secrets() {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, SECRETS);
    }

    /**
     * Overwrites a private memory file with zeros where anything is in it, if it says that there were secrets. A file
     * that is not there has none.
     *
     * @throws IOException if it cannot be read or written; parts of it may be overwritten then
     */
    public static void eraseSecrets(FileOperations files, Path file) throws IOException {
        try (FileChannel channel = files.open(file)) {
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (channel.read(piece.limit(Long.BYTES), 0) < Long.BYTES || piece.getLong(0) != SECRETS) {
                return;
            }
            // the first page last: whoever is killed in between starts again
            for (long at = (channel.size() - 1) / PIECE_BYTES * PIECE_BYTES; at >= 0; at -= PIECE_BYTES) {
                channel.read(piece.clear(), at);
                if (clear(piece.flip())) {
                    files.write(channel, piece, at);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }

    /** Whether there was anything but zeros: a hole is not filled. */
    private static boolean clear(ByteBuffer piece) {
        ByteBuffer zeros = ByteBuffer.allocate(piece.limit());
        if (piece.equals(zeros)) {
            return false;
        }
        piece.put(0, zeros, 0, zeros.limit());
        return true;
    }
}
