package org.liveupdate.providers.record.internal;

import org.liveupdate.kho.Region;

/**
 * What a preserved record's {@code data} points to, version 1, little-endian.
 *
 * <pre>
 *  head, one page              contents, one block
 *     0               8           0       4       8              16
 *    +---------------+           +-------+-------+---------------+--------
 *    | contents      | --------> |version| zero  | length        | bytes
 *    +---------------+           +-------+-------+---------------+--------
 *      address, 0 if nothing       of the user's   bytes
 *      was ever written            format
 * </pre>
 *
 * Contents are never changed in place: new ones are written elsewhere, and the head is changed last.
 */
final class RecordLayout {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "record-v1";

    /** Length of the head in bytes. */
    static final int HEAD_BYTES = 8;

    /** Where the bytes begin in a block of contents. */
    static final int BYTES_OFFSET = 16;

    private static final int CONTENTS_OFFSET = 0;
    private static final int VERSION_OFFSET = 0;
    private static final int ZERO_OFFSET = 4;
    private static final int LENGTH_OFFSET = 8;

    private RecordLayout() {}

    static long contents(Region head) {
        return head.getLong(CONTENTS_OFFSET);
    }

    static void contents(Region head, long address) {
        head.putLong(CONTENTS_OFFSET, address);
    }

    static int version(Region contents) {
        return contents.getInt(VERSION_OFFSET);
    }

    static long length(Region contents) {
        return contents.getLong(LENGTH_OFFSET);
    }

    /** Whether the fields make sense, the length with respect to the block. */
    static boolean isValid(Region contents) {
        long length = length(contents);
        return version(contents) >= 0 && contents.getInt(ZERO_OFFSET) == 0 && length >= 0
                && length <= contents.size() - BYTES_OFFSET;
    }

    /** Writes everything before the bytes; the block is fresh, and zero. */
    static void writeFields(Region contents, int version, long length) {
        contents.putInt(VERSION_OFFSET, version);
        contents.putLong(LENGTH_OFFSET, length);
    }
}
