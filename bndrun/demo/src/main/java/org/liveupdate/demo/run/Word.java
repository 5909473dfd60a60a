package org.liveupdate.demo.run;

/**
 * Any string as one word of printable ASCII without blanks: letters, digits and {@code -._/} stand for themselves, every
 * other UTF-16 unit is a percent sign and four hexadecimal digits. So every string comes back as it was, also what is
 * not valid Unicode.
 */
public final class Word {
    private static final String PLAIN = "-._/";
    private static final int DIGITS = 4;
    private static final int HEX = 16;

    private Word() {}

    public static String of(String text) {
        StringBuilder word = new StringBuilder();
        for (char unit : text.toCharArray()) {
            if (isPlain(unit)) {
                word.append(unit);
            } else {
                word.append(String.format("%%%04x", (int) unit));
            }
        }
        return word.toString();
    }

    /**
     * The string again.
     *
     * @throws IllegalArgumentException
     *             if {@code word} is not one
     */
    public static String text(String word) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < word.length(); index++) {
            char unit = word.charAt(index);
            if (unit == '%' && index + DIGITS < word.length()) {
                text.append((char) Integer.parseUnsignedInt(word, index + 1, index + 1 + DIGITS, HEX));
                index += DIGITS;
            } else if (isPlain(unit)) {
                text.append(unit);
            } else {
                throw new IllegalArgumentException("not a word: " + word);
            }
        }
        return text.toString();
    }

    private static boolean isPlain(char unit) {
        return unit >= 'a' && unit <= 'z' || unit >= 'A' && unit <= 'Z' || unit >= '0' && unit <= '9'
                || PLAIN.indexOf(unit) >= 0;
    }
}
