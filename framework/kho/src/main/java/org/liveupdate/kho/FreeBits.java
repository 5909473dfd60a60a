package org.liveupdate.kho;

import java.util.Arrays;

/**
 * A growing set of numbers that finds its smallest one in constant time: the free blocks of one order.
 *
 * <p>Level 0 has a bit per number; each level above has a bit per word of the level below, set while that word is not
 * 0. Six levels cover all non-negative ints. Not thread-safe.
 */
final class FreeBits {

    private static final int LEVELS = 6;

    private final long[][] levels = new long[LEVELS][1];
    private long count;

    boolean contains(int number) {
        int word = number >>> 6;
        return word < levels[0].length && (levels[0][word] & 1L << number) != 0;
    }

    /** Adds a number that is not in the set. */
    void add(int number) {
        count++;
        int index = number;
        for (int level = 0; level < LEVELS; level++) {
            int word = index >>> 6;
            long[] words = room(level, word);
            long before = words[word];
            words[word] = before | 1L << index;
            if (before != 0) {
                return;
            }
            index = word;
        }
    }

    /** Removes a number that is in the set. */
    void remove(int number) {
        count--;
        int index = number;
        for (int level = 0; level < LEVELS; level++) {
            int word = index >>> 6;
            long rest = levels[level][word] & ~(1L << index);
            levels[level][word] = rest;
            if (rest != 0) {
                return;
            }
            index = word;
        }
    }

    /** The smallest number in the set, which is not empty. */
    int first() {
        int index = 0;
        for (int level = LEVELS - 1; level >= 0; level--) {
            index = index << 6 | Long.numberOfTrailingZeros(levels[level][index]);
        }
        return index;
    }

    long count() {
        return count;
    }

    private long[] room(int level, int word) {
        if (word >= levels[level].length) {
            levels[level] = Arrays.copyOf(levels[level], Math.max(word + 1, 2 * levels[level].length));
        }
        return levels[level];
    }
}
