package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the entries of a chain of one-page blocks, first to last. The chain as such was checked when this was made;
 * what is in the entries is for the caller to check, with {@link #corrupt} to say where. Not thread-safe.
 */
public final class BlockChainReader {

    private final ImageReader image;
    private final int entrySize;
    private final long total;
    private long next;
    private long address;
    private ByteBuffer block;
    private int index;
    private int count;

    BlockChainReader(ImageReader image, long head, int entrySize, long total) {
        this.image = image;
        this.next = head;
        this.entrySize = entrySize;
        this.total = total;
    }

    /** How many entries the whole chain has. */
    public long count() {
        return total;
    }

    /**
     * The next entry: read-only, little-endian, position 0, entry size bytes.
     *
     * @return null behind the last one
     * @throws ImageException if the image cannot be read
     */
    public ByteBuffer next() throws ImageException {
        int start = advance();
        return start < 0 ? null : block.slice(start, entrySize).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Moves to the next entry without making an object for it.
     *
     * @return where it starts in {@link #block()}, in bytes; -1 behind the last one
     * @throws ImageException
     *             if the image cannot be read
     */
    public int advance() throws ImageException {
        if (index == count) {
            if (next == 0) {
                return -1;
            }
            address = next;
            block = image.page(address);
            next = block.getLong(BlockChainLayout.NEXT_OFFSET);
            count = (int) block.getLong(BlockChainLayout.COUNT_OFFSET);
            index = 0;
        }
        return BlockChainLayout.HEADER_BYTES + index++ * entrySize;
    }

    /** The block that holds the entry read last: read-only, little-endian, to be read at absolute offsets only. */
    public ByteBuffer block() {
        return block;
    }

    /**
     * The string in a field of the entry that was read last.
     *
     * @param entry what {@link #next()} returned last
     * @param offset of the field in the entry, in bytes
     * @param fieldBytes length of the field
     * @throws ImageException if it is not terminated, not zeros behind the terminator, or not UTF-8
     */
    public String string(ByteBuffer entry, int offset, int fieldBytes) throws ImageException {
        String text = FixedString.get(entry, offset, fieldBytes);
        if (text == null) {
            throw corrupt(offset, "a string of at most " + (fieldBytes - 1) + " bytes of UTF-8, zeros behind it",
                    "other bytes");
        }
        return text;
    }

    /**
     * The image is corrupt at the entry that was read last.
     *
     * @param offset in the entry, in bytes
     */
    public ImageException corrupt(int offset, String expected, String found) {
        return image.corrupt(offset(offset), expected, found);
    }

    /** Where a field of the entry that was read last stands in the image: {@code offset} is that in the entry. */
    public long offset(int offset) {
        return address + BlockChainLayout.HEADER_BYTES + (index - 1L) * entrySize + offset;
    }
}
