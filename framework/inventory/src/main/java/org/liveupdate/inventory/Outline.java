package org.liveupdate.inventory;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Map;

/**
 * JSON as lines for people: a name and its value on each, what belongs to something below it and further in; what is not
 * there is left out.
 *
 * <pre>
 * phase: RUNNING
 * sessions:
 *   - name: vm-1
 *     files:
 *       - token: 1
 * </pre>
 */
final class Outline {
    private static final String STEP = "  ";
    private static final String ITEM = "- ";

    private final PrintWriter out;

    Outline(PrintWriter out) {
        this.out = out;
    }

    void print(JsonObject object) {
        print(object, "", "");
    }

    /**
     * Prints an object.
     *
     * @param first
     *            what its first line begins with
     * @param others
     *            what its other lines begin with, as long
     */
    private void print(JsonObject object, String first, String others) {
        String margin = first;
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            JsonElement value = entry.getValue();
            if (isNothing(value)) {
                continue;
            }
            out.print(margin + entry.getKey() + ':');
            if (value.isJsonPrimitive()) {
                out.println(' ' + value.getAsString());
            } else {
                out.println();
                below(value, others + STEP);
            }
            margin = others;
        }
    }

    private void below(JsonElement value, String margin) {
        if (value.isJsonObject()) {
            print(value.getAsJsonObject(), margin, margin);
            return;
        }
        for (JsonElement item : value.getAsJsonArray()) {
            if (item.isJsonObject()) {
                print(item.getAsJsonObject(), margin + ITEM, margin + STEP);
            } else {
                out.println(margin + ITEM + item.getAsString());
            }
        }
    }

    private static boolean isNothing(JsonElement value) {
        return value.isJsonNull() || value instanceof JsonArray array && array.isEmpty()
                || value instanceof JsonObject object && object.isEmpty();
    }
}
