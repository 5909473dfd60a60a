package org.liveupdate.inspector;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

/**
 * Writes JSON (RFC 8259) in ASCII, two spaces for each level. Values are maps with strings as keys, collections,
 * strings, booleans, whole numbers, and null.
 */
final class JsonText {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /**
     * The text of a value, a line feed behind it.
     *
     * @throws IllegalArgumentException
     *             if there is another kind of value in it
     */
    static String of(Object value) {
        JsonText json = new JsonText();
        json.value(value, "\n");
        return json.text.append('\n').toString();
    }

    /** A number of 64 bits without a sign. */
    static Object unsigned(long value) {
        return value >= 0 ? (Object) value : new BigInteger(Long.toUnsignedString(value));
    }

    private void value(Object value, String newLine) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer
                || value instanceof BigInteger) {
            text.append(value);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Map<?, ?> map) {
            object(map, newLine);
        } else if (value instanceof Collection<?> collection) {
            array(collection, newLine);
        } else {
            throw new IllegalArgumentException(value.getClass() + " cannot be written as JSON");
        }
    }

    private void object(Map<?, ?> map, String newLine) {
        String separator = "{" + newLine + STEP;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            string((String) entry.getKey());
            text.append(": ");
            value(entry.getValue(), newLine + STEP);
            separator = "," + newLine + STEP;
        }
        text.append(map.isEmpty() ? "{}" : newLine + "}");
    }

    private void array(Collection<?> values, String newLine) {
        String separator = "[" + newLine + STEP;
        for (Object value : values) {
            text.append(separator);
            value(value, newLine + STEP);
            separator = "," + newLine + STEP;
        }
        text.append(values.isEmpty() ? "[]" : newLine + "]");
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
