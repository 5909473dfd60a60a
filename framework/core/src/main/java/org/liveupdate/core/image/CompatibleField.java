package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads fields of 48 bytes with a compatible string: 1 to 47 bytes of printable ASCII and zeros behind. Most fields are
 * equal to the one before, and give the same string.
 */
final class CompatibleField {
    private static final int WORDS = FlbPageLayout.NAME_BYTES / Long.BYTES;

    private final long[] last = new long[WORDS];
    private String text;

    /** The string at an offset, or null if it is not one. */
    String read(ByteBuffer source, int offset) {
        boolean same = text != null;
        for (int i = 0; i < WORDS; i++) {
            long word = source.getLong(offset + i * Long.BYTES);
            same &= word == last[i];
            last[i] = word;
        }
        if (!same) {
            text = parse(source, offset);
        }
        return text;
    }

    private static String parse(ByteBuffer source, int offset) {
        byte[] field = new byte[FlbPageLayout.NAME_BYTES];
        source.get(offset, field);
        int length = 0;
        while (length < field.length && field[length] >= ' ' && field[length] <= '~') {
            length++;
        }
        for (int i = length; i < field.length; i++) {
            if (field[i] != 0) {
                return null;
            }
        }
        return length == 0 || length == field.length ? null : new String(field, 0, length, StandardCharsets.US_ASCII);
    }
}
