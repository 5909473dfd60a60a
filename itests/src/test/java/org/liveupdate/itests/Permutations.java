package org.liveupdate.itests;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** All orders of some things. */
final class Permutations {
    private Permutations() {}

    /** All of them. */
    static <T> List<List<T>> of(List<T> things) {
        if (things.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (List<T> shorter : of(things.subList(1, things.size()))) {
            for (int place = 0; place <= shorter.size(); place++) {
                List<T> order = new ArrayList<>(shorter);
                order.add(place, things.get(0));
                all.add(order);
            }
        }
        return all;
    }

    /** Some of them, all different, chosen by a random number generator; all if there are not as many. */
    static <T> List<List<T>> sample(List<T> things, int number, Random random) {
        List<List<T>> all = of(things);
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(number, all.size()));
    }
}
