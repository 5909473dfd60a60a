package org.liveupdate.demo.run;

/** Text as every terminal shows it, in every locale, on one line. */
public final class Ascii {
    private static final String CUT = "...";

    private Ascii() {}

    /** The text; what is not printable ASCII is written as backslash, u and four hexadecimal digits. */
    public static String of(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (char unit : text.toCharArray()) {
            if (unit >= ' ' && unit <= '~') {
                ascii.append(unit);
            } else {
                ascii.append(String.format("\\u%04x", (int) unit));
            }
        }
        return ascii.toString();
    }

    /** The same in at most {@code width} characters, 4 or more: of what is too long, beginning and end are kept. */
    public static String cut(String text, int width) {
        String ascii = of(text);
        if (ascii.length() <= width) {
            return ascii;
        }
        int end = (width - CUT.length()) / 2;
        return ascii.substring(0, width - CUT.length() - end) + CUT + ascii.substring(ascii.length() - end);
    }
}
