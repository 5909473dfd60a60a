package org.liveupdate.inspector;

/** Makes text from an image harmless: what a terminal would act on is shown, not sent. */
final class Plain {
    private Plain() {}

    /**
     * The text on one line: control and format characters, line separators and halves of surrogate pairs become
     * {@code \}{@code uXXXX}, and a backslash becomes two.
     */
    static String text(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\\') {
                plain.append("\\\\");
            } else if (isHarmless(c)) {
                plain.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    plain.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return plain.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
