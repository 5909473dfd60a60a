package org.liveupdate.kho.image;

import java.util.Arrays;

/** Blocks of handover memory, as an image carries them. Immutable. */
public final class BlockTable {

    /** No blocks. */
    public static final BlockTable EMPTY = new Builder(0).build();

    private static final int SECRET = 1 << 8;
    private static final int SUMMED = 1 << 9;
    private static final int DEVICES = 1 << 10;
    private static final int ORDER_MASK = 0xff;

    /** Address of each block; its order and its flags in the low bits that a page-aligned address has free. */
    private final long[] blocks;
    private final int[] checksums;

    private BlockTable(long[] blocks, int[] checksums) {
        this.blocks = blocks;
        this.checksums = checksums;
    }

    /** How many blocks there are. */
    public int size() {
        return blocks.length;
    }

    /** The address of block {@code index}, a byte offset in handover memory. */
    public long address(int index) {
        return blocks[index] & -ImageLayout.PAGE_BYTES;
    }

    /** The order of block {@code index}: it has 2<sup>order</sup> pages of 4096 bytes. */
    public int order(int index) {
        return (int) blocks[index] & ORDER_MASK;
    }

    /** Whether block {@code index} is to be overwritten when it is freed. */
    public boolean isSecret(int index) {
        return (blocks[index] & SECRET) != 0;
    }

    /** Whether there is a checksum of the contents of block {@code index}. */
    public boolean isSummed(int index) {
        return (blocks[index] & SUMMED) != 0;
    }

    /** Whether devices write to block {@code index}, also while no JVM does, so that there is no checksum. */
    public boolean isWrittenByDevices(int index) {
        return (blocks[index] & DEVICES) != 0;
    }

    /**
     * The checksum of block {@code index}: the CRC-32C of the CRC-32Cs of its pages, each as 4 bytes, little-endian; 0
     * if it is not {@linkplain #isSummed summed}.
     */
    public int checksum(int index) {
        return checksums[index];
    }

    /** How many secret blocks there are. */
    int secrets() {
        int count = 0;
        for (long block : blocks) {
            count += (block & SECRET) != 0 ? 1 : 0;
        }
        return count;
    }

    /** Adds the secret blocks to another table, without checksums. */
    void copySecrets(Builder target) {
        for (int i = 0; i < blocks.length; i++) {
            if (isSecret(i)) {
                target.add(address(i), order(i), true);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockTable table && Arrays.equals(blocks, table.blocks)
                && Arrays.equals(checksums, table.checksums);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(blocks) + Arrays.hashCode(checksums);
    }

    @Override
    public String toString() {
        return blocks.length + " blocks";
    }

    /** Collects blocks. Not thread-safe. */
    public static final class Builder {

        private final long[] blocks;
        private final int[] checksums;
        private int count;

        /** For exactly {@code blocks} blocks. */
        public Builder(int blocks) {
            this.blocks = new long[blocks];
            this.checksums = new int[blocks];
        }

        /**
         * Adds a block without a checksum.
         *
         * @param address multiple of 4096
         * @param order 0 to 18
         */
        public void add(long address, int order, boolean secret) {
            blocks[count++] = address | order | (secret ? SECRET : 0);
        }

        /** Adds a block with the checksum of its contents; as {@link #add} otherwise. */
        public void addSummed(long address, int order, boolean secret, int checksum) {
            checksums[count] = checksum;
            add(address, order, secret);
            blocks[count - 1] |= SUMMED;
        }

        /** Adds a block that devices write to; as {@link #add} otherwise. */
        public void addWrittenByDevices(long address, int order, boolean secret) {
            add(address, order, secret);
            blocks[count - 1] |= DEVICES;
        }

        /**
         * The blocks.
         *
         * @throws IllegalStateException if blocks are missing
         */
        public BlockTable build() {
            if (count != blocks.length) {
                throw new IllegalStateException("expected " + blocks.length + " blocks, found " + count);
            }
            return new BlockTable(blocks, checksums);
        }
    }
}
