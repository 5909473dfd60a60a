package org.liveupdate.inspector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changed from one image to another.
 *
 * @param changes
 *            in the order of the first image, then what only the second has
 */
record Difference(List<Change> changes) {
    /**
     * A thing that was added or removed, or a field that changed.
     *
     * @param change
     *            {@code added}, {@code removed}, {@code changed}
     * @param thing
     *            which
     * @param field
     *            which of its fields
     * @param before
     *            its value in the first image, null if the thing was added
     * @param after
     *            its value in the second image, null if the thing was removed
     */
    record Change(String change, String thing, String field, String before, String after) {}

    static Difference between(ImageReport before, ImageReport after) {
        Map<String, Map<String, String>> a = Facts.of(before);
        Map<String, Map<String, String>> b = Facts.of(after);
        Set<String> things = new LinkedHashSet<>(a.keySet());
        things.addAll(b.keySet());
        List<Change> changes = new ArrayList<>();
        for (String thing : things) {
            String change = !b.containsKey(thing) ? "removed" : !a.containsKey(thing) ? "added" : "changed";
            Map<String, String> old = a.getOrDefault(thing, Map.of());
            Map<String, String> now = b.getOrDefault(thing, Map.of());
            for (String field : (old.isEmpty() ? now : old).keySet()) {
                if (!old.getOrDefault(field, "").equals(now.getOrDefault(field, "")) || !change.equals("changed")) {
                    changes.add(new Change(change, thing, field, old.get(field), now.get(field)));
                }
            }
        }
        return new Difference(changes);
    }

    boolean isNone() {
        return changes.isEmpty();
    }

    /** A line for each change; nothing without changes, as diff(1). */
    String text() {
        Outline outline = new Outline();
        for (Change change : changes) {
            outline.row(0, change.change(), Plain.text(change.thing()), change.field() + ':',
                    Plain.text(value(change)));
        }
        return outline.toString();
    }

    private static String value(Change change) {
        return change.before() == null ? change.after()
                : change.after() == null ? change.before() : change.before() + " -> " + change.after();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("same", changes.isEmpty());
        json.put("changes", changes.stream().map(change -> {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("change", change.change());
            value.put("thing", change.thing());
            value.put("field", change.field());
            value.put("before", change.before());
            value.put("after", change.after());
            return value;
        }).toList());
        return json;
    }
}
