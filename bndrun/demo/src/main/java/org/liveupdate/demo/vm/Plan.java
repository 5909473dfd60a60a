package org.liveupdate.demo.vm;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.demo.run.FlbCount;
import org.liveupdate.demo.run.PastUpdate;

/**
 * What a generation tells its successor: what has to be proved there, and what is still to be done.
 *
 * @param left
 *            live updates to come, the next one included
 * @param pid
 *            process id of the JVM that hands over
 * @param seed
 *            of the guest's {@link Pattern}
 * @param written
 *            how many stamps each device had written when the plan was written, in the order of their tokens
 * @param flbs
 *            what the preserved files depend on
 * @param past
 *            the updates that are behind
 * @param footprints
 *            one for each generation until now
 */
record Plan(int left, long pid, long seed, List<Long> written, List<FlbCount> flbs, List<PastUpdate> past,
        List<Footprint> footprints) {
    Plan {
        written = List.copyOf(written);
        flbs = List.copyOf(flbs);
        past = List.copyOf(past);
        footprints = List.copyOf(footprints);
    }

    /** The first one. */
    static Plan of(int updates, long pid, long seed) {
        return new Plan(updates, pid, seed, List.of(), List.of(), List.of(), List.of());
    }

    /** With what was counted when all was preserved. */
    Plan with(List<Long> stamps, List<FlbCount> counts, Footprint footprint) {
        List<Footprint> all = new ArrayList<>(footprints);
        all.add(footprint);
        return new Plan(left, pid, seed, stamps, counts, past, all);
    }

    /** After one more update, made by this JVM's predecessor. */
    Plan after(PastUpdate update) {
        List<PastUpdate> all = new ArrayList<>(past);
        all.add(update);
        return new Plan(left - 1, update.newPid(), seed, List.of(), List.of(), all, footprints);
    }

    /** Updates behind and to come. */
    int updates() {
        return past.size() + left;
    }
}
