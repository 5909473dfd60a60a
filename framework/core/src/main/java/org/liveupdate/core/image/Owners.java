package org.liveupdate.core.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Numbers the bundles that own something in an image, in order of appearance. */
final class Owners {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** The owner asked for last: mostly the same object again. */
    private String last;
    private long lastNumber;

    @SuppressWarnings("ReferenceEquality") // a shortcut: equal strings that are two objects are looked up
    long number(String owner) {
        if (owner != last) {
            lastNumber = lookUp(owner);
            last = owner;
        }
        return lastNumber;
    }

    private long lookUp(String owner) {
        Integer number = numbers.get(owner);
        if (number == null) {
            number = numbers.size();
            numbers.put(owner, number);
        }
        return number;
    }

    Set<String> names() {
        return numbers.keySet();
    }
}
