package org.liveupdate.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is written by three generations: a first commit, claim and confirm; a second commit, taken back; and a third,
 * under the same number, confirmed. And what the next start may find after each of it.
 */
final class RecordedLife {
    /** Stands for a start without an image; other numbers are those of images, and of the versions in them. */
    static final long CLEAN = 0;

    private final HandoverPlace place;
    private final RecordingFileOperations files;
    /** What may be found, from so many changes on. */
    private final TreeMap<Integer, Set<Long>> allowed = new TreeMap<>();

    interface Body {
        void run() throws Exception;
    }

    RecordedLife(HandoverPlace place) throws Exception {
        this.place = place;
        this.files = new RecordingFileOperations(place.path());
        allowed.put(0, Set.of(CLEAN));
        Machine first = machine("first");
        first.workload().preserve(1);
        Machine second = machine("successor");
        commit(first, 1);
        confirm(first, second, 1);
        Machine third = machine("successor");
        commit(second, 2);
        during(Set.of(2L), Set.of(2L), () -> third.core().handover().claim(2));
        during(Set.of(2L, CLEAN), Set.of(CLEAN), () -> assertTrue(second.core().handover().takeBack()));
        second.core().handover().resume();
        Machine fourth = machine("successor");
        commit(second, 2);
        confirm(second, fourth, 2);
        fourth.workload().end();
        fourth.core().close();
        files.changes();
    }

    List<DiskChange> changes() throws Exception {
        return files.changes();
    }

    /** What the next start may find if it is after so many changes: {@link #CLEAN}, or the number of an image. */
    Set<Long> allowedAfter(int changes) {
        return allowed.floorEntry(changes).getValue();
    }

    private Machine machine(String role) throws Exception {
        return new Machine(place.path(), files, role);
    }

    private void commit(Machine machine, long number) throws Exception {
        during(Set.of(CLEAN, number), Set.of(number), () -> assertEquals(number, machine.commit()));
    }

    private void confirm(Machine from, Machine to, long number) throws Exception {
        during(Set.of(number), Set.of(number), () -> to.core().handover().claim(number));
        during(Set.of(number, CLEAN), Set.of(CLEAN), () -> assertTrue(to.core().handover().confirm()));
        from.core().handover().fence();
        from.core().close();
        assertEquals(Model.retrieved(number), to.workload().retrieve());
        to.workload().end();
        to.workload().preserve(number + 1);
    }

    private void during(Set<Long> meanwhile, Set<Long> afterwards, Body body) throws Exception {
        allowed.put(files.changes().size(), meanwhile);
        body.run();
        allowed.put(files.changes().size(), afterwards);
    }

    /** For failures: what changed, in words. */
    static Map<Integer, String> describe(List<DiskChange> changes, Set<Integer> which) {
        Map<Integer, String> words = new TreeMap<>();
        which.forEach(i -> words.put(i, changes.get(i).kind() + " " + changes.get(i).name() + " "
                + changes.get(i).target() + " " + changes.get(i).position()));
        return words;
    }
}
