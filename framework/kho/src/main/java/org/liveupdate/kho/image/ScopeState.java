package org.liveupdate.kho.image;

/** A scope and its preserved blocks, as an image carries them. Immutable. */
public final class ScopeState {

    /** The longest owner, in bytes of UTF-8. */
    public static final int MAX_OWNER_BYTES = ScopeLayout.OWNER_BYTES - 1;

    private final long id;
    private final String owner;
    /** Address of each block, its order in the low bits that a page-aligned address has free. */
    private final long[] blocks;

    private ScopeState(long id, String owner, long[] blocks) {
        this.id = id;
        this.owner = owner;
        this.blocks = blocks;
    }

    /** Whether {@code owner} fits an image: at most {@link #MAX_OWNER_BYTES} bytes of UTF-8, no NUL. */
    public static boolean isOwner(String owner) {
        return FixedString.fits(owner, ScopeLayout.OWNER_BYTES);
    }

    /** The number of the scope. */
    public long id() {
        return id;
    }

    /** Which FLB or file the blocks belong to; never null. */
    public String owner() {
        return owner;
    }

    /** How many blocks there are. */
    public int blocks() {
        return blocks.length;
    }

    /** The address of block {@code index}, a byte offset in handover memory. */
    public long address(int index) {
        return blocks[index] & -ImageLayout.PAGE_BYTES;
    }

    /** The order of block {@code index}: it has 2<sup>order</sup> pages of 4096 bytes. */
    public int order(int index) {
        return (int) blocks[index] & ImageLayout.PAGE_BYTES - 1;
    }

    /** Collects the blocks of one scope. Not thread-safe. */
    public static final class Builder {

        private final long id;
        private final String owner;
        private final long[] blocks;
        private int count;

        /**
         * A scope with exactly {@code blocks} blocks.
         *
         * @throws IllegalArgumentException if the owner does not {@linkplain #isOwner fit} an image
         */
        public Builder(long id, String owner, int blocks) {
            if (!isOwner(owner)) {
                throw new IllegalArgumentException("expected at most " + MAX_OWNER_BYTES
                        + " bytes of UTF-8 without NUL as owner, found \"" + owner + '"');
            }
            this.id = id;
            this.owner = owner;
            this.blocks = new long[blocks];
        }

        /**
         * Adds a block.
         *
         * @param address multiple of 4096
         * @param order 0 to 18
         */
        public void add(long address, int order) {
            blocks[count++] = address | order;
        }

        /**
         * The scope.
         *
         * @throws IllegalStateException if blocks are missing
         */
        public ScopeState build() {
            if (count != blocks.length) {
                throw new IllegalStateException("expected " + blocks.length + " blocks, found " + count);
            }
            return new ScopeState(id, owner, blocks);
        }
    }
}
