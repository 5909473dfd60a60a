package org.liveupdate.kho.image;

/**
 * The layout of a chain of one-page blocks, each with entries of one fixed size, as the original keeps its lists.
 *
 * <pre>
 *      0  u64  next    address of the next block; 0 in the last one, else above its own address
 *      8  u64  count   entries in this block; 1 to capacity
 *     16       entry 0, entry 1, ...            capacity = (4096 - 16) / entry size
 * </pre>
 *
 * <p>An empty chain has no block and the head 0. Addresses only rise along a chain, so a chain that turns back is known
 * at the first block that does.
 */
final class BlockChainLayout {

    static final int NEXT_OFFSET = 0;
    static final int COUNT_OFFSET = 8;
    static final int HEADER_BYTES = 16;

    private BlockChainLayout() {}

    /** How many entries a block holds. */
    static int capacity(int entrySize) {
        if (entrySize < 1 || entrySize > ImageLayout.PAGE_BYTES - HEADER_BYTES) {
            throw new IllegalArgumentException("an entry has 1 to " + (ImageLayout.PAGE_BYTES - HEADER_BYTES)
                    + " bytes, not " + entrySize);
        }
        return (ImageLayout.PAGE_BYTES - HEADER_BYTES) / entrySize;
    }
}
