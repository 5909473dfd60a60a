package org.liveupdate.shell.text;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.dto.DTO;

/**
 * Writes data as JSON (RFC 8259) in ASCII, two spaces for each level: DTOs by their public fields, records by their
 * components, maps, arrays, collections, text, numbers, booleans and null. Numbers of 64 bits are written in full.
 */
public final class Json {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /**
     * The text of a value, without a line feed at the end.
     *
     * @param value
     *            any of the kinds above, or null
     * @return the text
     * @throws IllegalArgumentException
     *             if there is another kind of value in it
     */
    public static String of(Object value) {
        Json json = new Json();
        json.value(value, "\n");
        return json.text.toString();
    }

    private void value(Object value, String newLine) {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else if (value instanceof CharSequence characters) {
            string(characters);
        } else if (value instanceof Map<?, ?> map) {
            object(map, newLine);
        } else if (value instanceof Collection<?> collection) {
            array(collection.toArray(), newLine);
        } else if (value.getClass().isArray()) {
            array(value, newLine);
        } else if (value instanceof DTO || value instanceof Record) {
            object(fields(value), newLine);
        } else {
            throw new IllegalArgumentException(value.getClass() + " cannot be written as JSON");
        }
    }

    private static Map<String, Object> fields(Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try {
            if (value instanceof Record) {
                for (RecordComponent component : value.getClass().getRecordComponents()) {
                    fields.put(component.getName(), component.getAccessor().invoke(value));
                }
            } else {
                for (Field field : value.getClass().getFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        fields.put(field.getName(), field.get(value));
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(value.getClass() + " cannot be read", e);
        }
        return fields;
    }

    private void object(Map<?, ?> map, String newLine) {
        String separator = "{" + newLine + STEP;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            string(entry.getKey().toString());
            text.append(": ");
            value(entry.getValue(), newLine + STEP);
            separator = "," + newLine + STEP;
        }
        text.append(map.isEmpty() ? "{}" : newLine + "}");
    }

    private void array(Object array, String newLine) {
        int length = Array.getLength(array);
        String separator = "[" + newLine + STEP;
        for (int i = 0; i < length; i++) {
            text.append(separator);
            value(Array.get(array, i), newLine + STEP);
            separator = "," + newLine + STEP;
        }
        text.append(length == 0 ? "[]" : newLine + "]");
    }

    private void string(CharSequence string) {
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
