package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings in fields of fixed length: UTF-8, a NUL behind the text, zeros to the end of the field. An image has tens of
 * thousands of them, nearly all ASCII, and the first one is written and read by code that has never run before: so
 * ASCII takes a short way.
 */
public final class FixedString {

    /** As long as the longest field, an entry of a chain, can be. */
    private static final byte[] ZEROS = new byte[ImageLayout.PAGE_BYTES];

    private FixedString() {}

    /**
     * Whether the text fits a field, terminator included, and contains no NUL and no lone surrogate.
     *
     * @param fieldBytes length of the field
     */
    public static boolean fits(String text, int fieldBytes) {
        int bytes = 0;
        for (int i = 0; i < text.length() && bytes < fieldBytes; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            } else if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return false;
            }
        }
        return bytes < fieldBytes;
    }

    /**
     * Writes a string to a field; the position of {@code target} does not matter and is not moved.
     *
     * @param offset of the field in {@code target}; the field is zeros
     * @param fieldBytes length of the field, so that the text has at most one byte less
     * @throws IllegalArgumentException if the text does not {@linkplain #fits fit}
     */
    public static void put(ByteBuffer target, int offset, int fieldBytes, String text) {
        if (putAscii(target, offset, fieldBytes, text)) {
            return;
        }
        if (!fits(text, fieldBytes)) {
            throw new IllegalArgumentException("expected at most " + (fieldBytes - 1)
                    + " bytes of UTF-8 without NUL, found \"" + text + '"');
        }
        target.put(offset, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the text if it fits and is ASCII without NUL; else says no, perhaps half-way. */
    private static boolean putAscii(ByteBuffer target, int offset, int fieldBytes, String text) {
        if (text.length() >= fieldBytes) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c >= 0x80) {
                return false;
            }
            target.put(offset + i, (byte) c);
        }
        return true;
    }

    /**
     * Reads the string in a field; the position of {@code source} does not matter and is not moved.
     *
     * @return the text, or null if it is not terminated, not zero behind the terminator, or not UTF-8
     */
    static String get(ByteBuffer source, int offset, int fieldBytes) {
        byte[] bytes = new byte[fieldBytes];
        source.get(offset, bytes);
        int length = 0;
        boolean ascii = true;
        while (length < fieldBytes && bytes[length] != 0) {
            ascii &= bytes[length] > 0;
            length++;
        }
        if (length == fieldBytes) {
            return null;
        }
        if (!Arrays.equals(bytes, length, fieldBytes, ZEROS, 0, fieldBytes - length)) {
            return null;
        }
        return ascii ? new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
                : decode(ByteBuffer.wrap(bytes, 0, length));
    }

    private static String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
