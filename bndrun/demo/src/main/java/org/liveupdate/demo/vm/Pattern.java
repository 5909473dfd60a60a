package org.liveupdate.demo.vm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the guest's memory holds: each word is a function of its address and of the guest, so that a word in the wrong
 * place is found, not only a wrong one.
 */
final class Pattern {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long MIX_1 = 0xbf58476d1ce4e5b9L;
    private static final long MIX_2 = 0x94d049bb133111ebL;

    private final long seed;

    /**
     * The pattern of one guest.
     *
     * @param seed
     *            any number
     */
    Pattern(long seed) {
        this.seed = seed;
    }

    /** Fills a buffer from 0 to its limit; the number of its bytes is a multiple of 8. */
    void fill(long address, ByteBuffer words) {
        words.order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < words.limit(); at += Long.BYTES) {
            words.putLong(at, word(address + at));
        }
    }

    /**
     * Compares a buffer from 0 to its limit.
     *
     * @return the address of the first word that is another, or -1
     */
    long difference(long address, ByteBuffer words) {
        words.order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < words.limit(); at += Long.BYTES) {
            if (words.getLong(at) != word(address + at)) {
                return address + at;
            }
        }
        return -1;
    }

    private long word(long address) {
        long mixed = (address + seed) * GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * MIX_1;
        mixed = (mixed ^ mixed >>> 27) * MIX_2;
        return mixed ^ mixed >>> 31;
    }
}
