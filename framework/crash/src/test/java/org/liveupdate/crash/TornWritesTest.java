package org.liveupdate.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.image.SystemFileOperations;

/**
 * The machine stops in the middle of live updates. Of what was not forced anything may be missing: contents of files page
 * by page, lengths, and names.
 */
@Timeout(300)
class TornWritesTest {
    private static final int SUBSETS = 100;
    private static final long SEED = 20_261_126;

    @TempDir
    Path otherwise;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    /** What a disk holds, and what the next start found there. */
    private final Map<String, Long> found = new HashMap<>();
    private List<DiskChange> changes;
    private int disks;

    @Test
    void whateverIsMissingTheNextStartFindsTheOldTheNewOrNothing() throws Exception {
        try (HandoverPlace place = HandoverPlace.create(otherwise)) {
            RecordedLife life = new RecordedLife(place);
            changes = life.changes();
            for (int done = 0; done <= changes.size(); done++) {
                for (Set<Integer> missing : missing(unforced(done), new Random(SEED + done))) {
                    check(done, missing, life.allowedAfter(done));
                }
            }
        }
        System.out.println("torn writes, seed " + SEED + ": " + changes.size() + " changes, " + disks + " disks, "
                + found.size() + " of them different, next start " + outcomes);
        assertTrue(outcomes.keySet().containsAll(List.of("clean", "image 1", "image 2")), outcomes::toString);
    }

    /** Indexes of changes that a crash after {@code done} of them may lose. */
    private List<Integer> unforced(int done) {
        List<Integer> unforced = new ArrayList<>();
        for (int i = 0; i < done; i++) {
            DiskChange change = changes.get(i);
            if (change.isForce()) {
                unforced.removeIf(index -> changes.get(index).isForcedBy(change));
            } else {
                unforced.add(i);
            }
        }
        return unforced;
    }

    /** Nothing, each one, all, and some of what may be missing. */
    private static Set<Set<Integer>> missing(List<Integer> unforced, Random random) {
        Set<Set<Integer>> sets = new HashSet<>();
        sets.add(Set.of());
        sets.add(new TreeSet<>(unforced));
        unforced.forEach(index -> sets.add(Set.of(index)));
        for (int i = 0; i < SUBSETS; i++) {
            Set<Integer> some = new TreeSet<>(unforced);
            some.removeIf(index -> random.nextBoolean());
            sets.add(some);
        }
        return sets;
    }

    private void check(int done, Set<Integer> missing, Set<Long> allowed) throws Exception {
        disks++;
        CrashedDisk disk = new CrashedDisk(changes, done, index -> !missing.contains(index));
        String description = disk.description();
        if (!found.containsKey(description)) {
            try (HandoverPlace place = HandoverPlace.create(otherwise)) {
                disk.writeTo(place.path());
                found.put(description, start(place));
            } catch (Exception | AssertionError e) {
                throw new AssertionError(context(done, missing) + ": " + e.getMessage(), e);
            }
            long number = found.get(description);
            outcomes.merge(number == RecordedLife.CLEAN ? "clean" : "image " + number, 1, Integer::sum);
        }
        assertTrue(allowed.contains(found.get(description)),
                () -> context(done, missing) + ": found " + found.get(description) + ", expected " + allowed);
    }

    /** Starts, compares what is there with what was preserved, and makes another live update. */
    private static long start(HandoverPlace place) throws Exception {
        Reports.take();
        boolean left = place.holds(name -> name.startsWith("memory") || name.endsWith(".new"));
        Machine machine = new Machine(place.path(), new SystemFileOperations(), "first");
        long number = machine.core().handover().number();
        if (number == RecordedLife.CLEAN) {
            assertEquals(Model.empty(), machine.workload().outgoing());
            assertEquals(left, Reports.take().contains("started clean: "), "a clean start says what was there");
        } else {
            assertEquals(Model.retrieved(number), machine.workload().retrieve());
            assertEquals(Model.finished(), machine.workload().end());
        }
        machine.workload().preserve(number + 1);
        Machine next = new Machine(place.path(), new SystemFileOperations(), "successor");
        assertTrue(next.confirm(machine.commit()));
        machine.core().handover().fence();
        machine.core().close();
        assertEquals(Model.retrieved(number + 1), next.workload().retrieve());
        assertEquals(Model.finished(), next.workload().end());
        next.core().close();
        return number;
    }

    private String context(int done, Set<Integer> missing) {
        return "after change " + done + " of " + changes.size() + ", missing "
                + RecordedLife.describe(changes, missing);
    }
}
