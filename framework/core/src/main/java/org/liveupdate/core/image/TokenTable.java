package org.liveupdate.core.image;

/**
 * Where things are, by a 64-bit token: open addressing over two arrays of numbers, no object for an entry and nothing
 * for the garbage collector to follow. Any token is legal; a token stays. Not thread safe.
 */
public final class TokenTable {
    private static final int SMALLEST = 8;

    private long[] tokens;
    /** Position and one; 0 in an empty slot. */
    private int[] positions;
    private int size;

    /**
     * An empty table.
     *
     * @param expected
     *            how many tokens it is made for, 0 or more
     */
    public TokenTable(int expected) {
        allocate(Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, expected - 1)) * 4));
    }

    private void allocate(int slots) {
        tokens = new long[slots];
        positions = new int[slots];
    }

    /**
     * Where a token is.
     *
     * @param token
     *            any
     * @return its position, or -1 if it has none
     */
    public int get(long token) {
        return positions[slot(token)] - 1;
    }

    /**
     * Gives a token a position.
     *
     * @param token
     *            any
     * @param position
     *            0 or more
     * @return the position that it had before, or -1
     */
    public int put(long token, int position) {
        int slot = slot(token);
        int before = positions[slot] - 1;
        tokens[slot] = token;
        positions[slot] = position + 1;
        if (before < 0 && ++size > positions.length / 2) {
            grow();
        }
        return before;
    }

    /** The slot of a token, or the empty one where it would be. */
    private int slot(long token) {
        int mask = positions.length - 1;
        int slot = home(token) & mask;
        while (positions[slot] != 0 && tokens[slot] != token) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static int home(long token) {
        // Counting tokens, and addresses of pages, land next to each other: that is kind to the caches.
        return (int) (token ^ token >>> 12 ^ token >>> 24 ^ token >>> 36 ^ token >>> 48);
    }

    private void grow() {
        long[] oldTokens = tokens;
        int[] oldPositions = positions;
        allocate(oldPositions.length * 2);
        for (int i = 0; i < oldPositions.length; i++) {
            if (oldPositions[i] != 0) {
                int slot = slot(oldTokens[i]);
                tokens[slot] = oldTokens[i];
                positions[slot] = oldPositions[i];
            }
        }
    }
}
