package org.liveupdate.kho.image;

/**
 * A scope and its preserved blocks, as an image carries them. Immutable.
 *
 * @param id the number of the scope
 * @param owner which FLB or file the blocks belong to
 * @param table the blocks
 */
public record ScopeState(long id, String owner, BlockTable table) {

    /** The longest owner, in bytes of UTF-8. */
    public static final int MAX_OWNER_BYTES = ScopeLayout.OWNER_BYTES - 1;

    /**
     * Checks the owner.
     *
     * @throws IllegalArgumentException if it does not {@linkplain #isOwner fit} an image
     */
    public ScopeState {
        if (!isOwner(owner)) {
            throw new IllegalArgumentException("expected at most " + MAX_OWNER_BYTES
                    + " bytes of UTF-8 without NUL as owner, found \"" + owner + '"');
        }
    }

    /** Whether {@code owner} fits an image: at most {@link #MAX_OWNER_BYTES} bytes of UTF-8, no NUL. */
    public static boolean isOwner(String owner) {
        return FixedString.fits(owner, ScopeLayout.OWNER_BYTES);
    }

    /** How many blocks there are. */
    public int blocks() {
        return table.size();
    }

    /** The address of block {@code index}, a byte offset in handover memory. */
    public long address(int index) {
        return table.address(index);
    }

    /** The order of block {@code index}: it has 2<sup>order</sup> pages of 4096 bytes. */
    public int order(int index) {
        return table.order(index);
    }

    /** Collects the blocks of one scope, without secrets and checksums. Not thread-safe. */
    public static final class Builder {

        private final long id;
        private final String owner;
        private final BlockTable.Builder table;

        /** A scope with exactly {@code blocks} blocks. */
        public Builder(long id, String owner, int blocks) {
            this.id = id;
            this.owner = owner;
            this.table = new BlockTable.Builder(blocks);
        }

        /**
         * Adds a block.
         *
         * @param address multiple of 4096
         * @param order 0 to 18
         */
        public void add(long address, int order) {
            table.add(address, order, false);
        }

        /**
         * The scope.
         *
         * @throws IllegalArgumentException if the owner does not {@linkplain #isOwner fit} an image
         * @throws IllegalStateException if blocks are missing
         */
        public ScopeState build() {
            return new ScopeState(id, owner, table.build());
        }
    }
}
