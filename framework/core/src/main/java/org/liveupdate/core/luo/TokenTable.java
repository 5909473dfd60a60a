package org.liveupdate.core.luo;

import java.util.Arrays;

/**
 * Finds things by a 64-bit token: open addressing over two arrays, no object for an entry. Any token is legal. Not thread
 * safe.
 *
 * @param <E>
 *            what is found, not null
 */
public final class TokenTable<E> {
    private static final int SMALLEST = 8;

    private long[] tokens;
    private Object[] values;
    private int size;

    /**
     * An empty table.
     *
     * @param expected
     *            how many entries it is made for, 0 or more
     */
    public TokenTable(int expected) {
        allocate(Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, expected - 1)) * 4));
    }

    private void allocate(int slots) {
        tokens = new long[slots];
        values = new Object[slots];
    }

    /**
     * What has a token.
     *
     * @param token
     *            any
     * @return the value, or null
     */
    @SuppressWarnings("unchecked") // only an E is ever put in
    public E get(long token) {
        return (E) values[slot(token)];
    }

    /**
     * Adds a value unless the token has one.
     *
     * @param token
     *            any
     * @param value
     *            not null
     * @return false if the token has a value already: nothing was changed
     */
    public boolean add(long token, E value) {
        int slot = slot(token);
        if (values[slot] != null) {
            return false;
        }
        tokens[slot] = token;
        values[slot] = value;
        if (++size > values.length / 2) {
            grow();
        }
        return true;
    }

    /**
     * Removes a token.
     *
     * @param token
     *            any; nothing happens if it has no value
     */
    public void remove(long token) {
        int hole = slot(token);
        if (values[hole] == null) {
            return;
        }
        size--;
        int mask = values.length - 1;
        // What comes behind moves up unless that would put it before its own place.
        for (int next = hole + 1 & mask; values[next] != null; next = next + 1 & mask) {
            int home = home(tokens[next]);
            if ((next - home & mask) >= (next - hole & mask)) {
                tokens[hole] = tokens[next];
                values[hole] = values[next];
                hole = next;
            }
        }
        values[hole] = null;
        if (size == 0 && values.length > SMALLEST) {
            allocate(SMALLEST);
        }
    }

    /** The slot of a token, or the empty one where it would be. */
    private int slot(long token) {
        int mask = values.length - 1;
        int slot = home(token);
        while (values[slot] != null && tokens[slot] != token) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(long token) {
        // Counting tokens, and addresses of pages, land next to each other: that is kind to the caches.
        return (int) (token ^ token >>> 12 ^ token >>> 24 ^ token >>> 36 ^ token >>> 48) & values.length - 1;
    }

    private void grow() {
        long[] oldTokens = tokens;
        Object[] oldValues = values;
        allocate(oldValues.length * 2);
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldTokens[i]);
                tokens[slot] = oldTokens[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /** For people debugging: the tokens. */
    @Override
    public String toString() {
        long[] present = new long[size];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                present[count++] = tokens[i];
            }
        }
        return Arrays.toString(present);
    }
}
