package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Appends entries of one size to a chain of one-page blocks in an image. Not thread-safe. */
public final class BlockChainWriter {

    private final ImageWriter image;
    private final int entrySize;
    private final int capacity;
    private long head;
    private long total;
    private ByteBuffer block;
    private int count;

    /**
     * An empty chain.
     *
     * @param entrySize in bytes, 1 to 4080
     * @throws IllegalArgumentException if the size is out of range
     */
    public BlockChainWriter(ImageWriter image, int entrySize) {
        this.image = image;
        this.entrySize = entrySize;
        this.capacity = BlockChainLayout.capacity(entrySize);
    }

    /** How many bytes of an image a chain takes. */
    public static long bytes(long entries, int entrySize) {
        int capacity = BlockChainLayout.capacity(entrySize);
        return (entries + capacity - 1) / capacity * ImageLayout.PAGE_BYTES;
    }

    /** A new entry: zeros, little-endian, position 0, to be filled until the image is finished. */
    public ByteBuffer append() {
        int start = reserve();
        return block.slice(start, entrySize).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A new entry without a buffer of its own.
     *
     * @return where it starts in {@link #block()}, in bytes
     */
    public int reserve() {
        if (block == null || count == capacity) {
            startBlock();
        }
        int start = BlockChainLayout.HEADER_BYTES + count * entrySize;
        block.putLong(BlockChainLayout.COUNT_OFFSET, ++count);
        total++;
        return start;
    }

    /** The block that the last entry is in: a whole page, little-endian, to be written at absolute offsets only. */
    public ByteBuffer block() {
        return block;
    }

    /** The address of the first block; 0 while the chain is empty. */
    public long head() {
        return head;
    }

    /** How many entries there are. */
    public long count() {
        return total;
    }

    private void startBlock() {
        ByteBuffer next = image.newPage();
        long address = image.lastPageAddress();
        if (block == null) {
            head = address;
        } else {
            block.putLong(BlockChainLayout.NEXT_OFFSET, address);
        }
        block = next;
        count = 0;
    }
}
