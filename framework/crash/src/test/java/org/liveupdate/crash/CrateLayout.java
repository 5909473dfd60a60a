package org.liveupdate.crash;

import org.liveupdate.kho.Region;

/**
 * A crate in handover memory: two blocks.
 *
 * <pre>
 *   head  0  u64  token
 *         8  u64  version
 *        16  u64  version again while it is frozen, else 0
 *        24  u64  length of the contents
 *        32  u64  address of the body
 *   body  0       contents
 * </pre>
 */
final class CrateLayout {
    static final int HEAD_BYTES = 40;

    private static final int TOKEN = 0;
    private static final int VERSION = 8;
    private static final int FROZEN = 16;
    private static final int LENGTH = 24;
    private static final int BODY = 32;

    private CrateLayout() {}

    static void write(Crate crate, Region head, Region body) {
        head.putLong(TOKEN, crate.token());
        head.putLong(VERSION, crate.version());
        head.putLong(LENGTH, crate.contents().length);
        head.putLong(BODY, body.address());
        body.write(0, crate.contents(), 0, crate.contents().length);
    }

    static long body(Region head) {
        return head.getLong(BODY);
    }

    static void freeze(Region head) {
        head.putLong(FROZEN, head.getLong(VERSION));
    }

    static void unfreeze(Region head) {
        head.putLong(FROZEN, 0);
    }

    /** What is wrong with it; null if nothing is. */
    static String fault(Region head, Region body, long token, boolean frozen) {
        Crate found = read("", head, body);
        if (found.token() != token) {
            return "is file " + found.token();
        }
        if (head.getLong(FROZEN) != (frozen ? found.version() : 0)) {
            return "is frozen as version " + head.getLong(FROZEN) + " of version " + found.version();
        }
        return found.isIntact() ? null : "has other contents than version " + found.version();
    }

    static Crate read(String kind, Region head, Region body) {
        long length = head.getLong(LENGTH);
        if (length < 0 || length > body.size()) {
            throw new IllegalStateException("a crate of " + length + " bytes in a block of " + body.size());
        }
        byte[] contents = new byte[(int) length];
        body.read(0, contents, 0, contents.length);
        return new Crate(kind, head.getLong(TOKEN), head.getLong(VERSION), contents);
    }
}
