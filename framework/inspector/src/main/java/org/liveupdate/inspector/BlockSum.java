package org.liveupdate.inspector;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * The checksum of a block of handover memory as the image has it: the CRC-32C of the CRC-32Cs of its pages, each as 4
 * bytes, little-endian. Read through a channel, so that a file that somebody truncates is an exception. Not thread-safe.
 */
final class BlockSum {
    private static final int PIECE_BYTES = 1 << 20;

    private final FileChannel file;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    private final ByteBuffer sum = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    BlockSum(FileChannel file) {
        this.file = file;
    }

    /**
     * Reads and sums a block.
     *
     * @param bytes
     *            whole pages
     * @throws IOException
     *             if it cannot be read; {@link EOFException} if it is not there
     */
    int of(long address, long bytes) throws IOException {
        CRC32C block = new CRC32C();
        CRC32C page = new CRC32C();
        for (long done = 0; done < bytes; done += piece.limit()) {
            read(address + done, (int) Math.min(PIECE_BYTES, bytes - done));
            for (int start = 0; start < piece.limit(); start += Blocks.PAGE_BYTES) {
                page.reset();
                page.update(piece.slice(start, Blocks.PAGE_BYTES));
                block.update(sum.putInt(0, (int) page.getValue()).array());
            }
        }
        return (int) block.getValue();
    }

    private void read(long address, int bytes) throws IOException {
        piece.clear().limit(bytes);
        while (piece.hasRemaining()) {
            if (file.read(piece, address + piece.position()) < 0) {
                throw new EOFException("the file ends at " + Sizes.hex(address + piece.position()));
            }
        }
    }
}
