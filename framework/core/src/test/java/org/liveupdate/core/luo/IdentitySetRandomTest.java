package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The set of preserved objects, against the one of the JDK. */
class IdentitySetRandomTest {
    private static final int OBJECTS = 500;
    private static final int STEPS = 50_000;

    private final IdentitySet set = new IdentitySet();

    @Test
    void itIsTheSetOfTheJdkInAnyOrderOfAddingAndRemoving() {
        Object[] objects = IntStream.range(0, OBJECTS).mapToObj(i -> new Object()).toArray();
        Set<Object> expected = Collections.newSetFromMap(new IdentityHashMap<>());
        Random random = new Random(1);
        for (int step = 0; step < STEPS; step++) {
            Object object = objects[random.nextInt(OBJECTS)];
            // Long stretches of mostly adding or mostly removing: full and empty tables both come up.
            boolean mostlyAdding = step / OBJECTS % 2 == 0;
            if (random.nextInt(4) == 0 ^ mostlyAdding) {
                assertEquals(expected.add(object), set.add(object), "step " + step);
            } else {
                expected.remove(object);
                set.remove(object);
            }
        }
        for (Object object : objects) {
            assertEquals(!expected.contains(object), set.add(object));
        }
    }
}
