package org.liveupdate.crash;

import java.util.Arrays;
import java.util.Random;

/**
 * A file: which one, in which version, and the bytes that follow from both, in every JVM.
 *
 * @param kind
 *            the compatible string of its handler
 * @param token
 *            its token
 * @param version
 *            of all files together: two versions at once are a mix
 * @param contents
 *            its bytes
 */
record Crate(String kind, long token, long version, byte[] contents) {
    private static final int MOST_BYTES = 12_000;

    static Crate of(String kind, long token, long version) {
        Random random = new Random(version * 1_000_003 + token);
        byte[] contents = new byte[random.nextInt(MOST_BYTES)];
        random.nextBytes(contents);
        return new Crate(kind, token, version, contents);
    }

    boolean isIntact() {
        return Arrays.equals(contents, of(kind, token, version).contents);
    }
}
