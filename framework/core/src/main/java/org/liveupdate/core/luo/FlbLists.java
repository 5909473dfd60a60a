package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The lists of FLBs that files hold, as names, equal ones as one object; and by how many files each FLB is held.
 *
 * @param <F>
 *            what the FLBs are
 */
final class FlbLists<F> {
    private static final class Use {
        final List<String> names;
        long files;

        Use(List<String> names) {
            this.names = names;
        }
    }

    private final Function<F, String> name;
    private final Map<F[], Use> uses = new IdentityHashMap<>();
    private final Map<List<String>, List<String>> distinct = new HashMap<>();

    FlbLists(Function<F, String> name) {
        this.name = name;
    }

    /** A further file holds these; returns their names. */
    List<String> use(F[] flbs) {
        Use use = uses.computeIfAbsent(flbs, key -> new Use(names(key)));
        use.files++;
        return use.names;
    }

    private List<String> names(F[] flbs) {
        List<String> names = new ArrayList<>();
        for (F flb : flbs) {
            names.add(name.apply(flb));
        }
        return distinct.computeIfAbsent(List.copyOf(names), same -> same);
    }

    /** How many files hold an FLB. */
    long files(String flb) {
        return uses.values().stream().filter(use -> use.names.contains(flb)).mapToLong(use -> use.files).sum();
    }
}
