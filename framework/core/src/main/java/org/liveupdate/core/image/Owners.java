package org.liveupdate.core.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Numbers the bundles that own something in an image, in order of appearance. */
final class Owners {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    long number(String owner) {
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
