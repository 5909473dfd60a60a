package org.liveupdate.itests.e2e;

import java.util.Arrays;
import java.util.Random;

/**
 * A file of the two-stage tests.
 *
 * @param contents
 *            its bytes
 */
record StagedFile(byte[] contents) {
    private static final int MOST_BYTES = 300_000;

    /** The file under a token: the same in every JVM. */
    static StagedFile of(long seed, long token) {
        Random random = new Random(seed + token);
        byte[] contents = new byte[random.nextInt(MOST_BYTES)];
        random.nextBytes(contents);
        return new StagedFile(contents);
    }

    /** The first byte that differs, or -1. */
    int mismatch(StagedFile other) {
        return Arrays.mismatch(contents, other.contents);
    }
}
