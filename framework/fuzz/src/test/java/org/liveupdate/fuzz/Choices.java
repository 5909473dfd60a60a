package org.liveupdate.fuzz;

/**
 * Turns the fuzzer's bytes into decisions, one after the other; zeros when they are used up. A changed byte changes one
 * decision, which is what lets the fuzzer learn. Jazzer's own provider would do, but it needs native code, and committed
 * inputs are to be replayed without any.
 */
final class Choices {
    private static final long[] INTERESTING =
            {0, 1, 2, -1, 63, 64, 4095, 4096, 8192, Integer.MAX_VALUE, 1L << 31, 1L << 32,
                    Long.MAX_VALUE, Long.MIN_VALUE, -4096};

    private final byte[] bytes;
    private int at;

    Choices(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether there are bytes left. */
    boolean more() {
        return at < bytes.length;
    }

    /** A number from 0 to {@code bound} - 1, at most 65535. */
    int below(int bound) {
        int value = bound <= 256 ? next() : next() | next() << 8;
        return value % bound;
    }

    /** True once in two. */
    boolean flag() {
        return (next() & 1) != 0;
    }

    /** A number that is likely to be at some limit, or any. */
    long number() {
        int kind = next();
        if (kind < INTERESTING.length * 8) {
            return INTERESTING[kind / 8];
        }
        int bytesOfIt = kind < 192 ? 1 : Long.BYTES;
        long value = 0;
        for (int i = 0; i < bytesOfIt; i++) {
            value |= (long) next() << i * Byte.SIZE;
        }
        return value;
    }

    private int next() {
        return more() ? bytes[at++] & 0xff : 0;
    }
}
