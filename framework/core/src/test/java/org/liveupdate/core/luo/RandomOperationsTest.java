package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import org.liveupdate.core.luo.model.Model;
import org.liveupdate.core.luo.model.Op;
import org.liveupdate.core.luo.model.Op.Kind;

/**
 * Random sequences of operations, against the model in the package {@code model}: after each, result, callbacks in order
 * and the whole state are the same. How many sequences, and with which seed: see {@link Batches}.
 */
class RandomOperationsTest {
    /** What it takes to have something to operate on. */
    private static final List<Op> REGISTERED = List.of(new Op(Kind.REGISTER, 0, 0, 0), new Op(Kind.REGISTER, 1, 0, 0),
            new Op(Kind.LINK, 0, 0, 0), new Op(Kind.LINK, 0, 1, 0), new Op(Kind.LINK, 1, 1, 0),
            new Op(Kind.CREATE, 0, 0, 0));
    /** What many generations begin with. */
    private static final List<Op> REBOOTED = Stream.of(List.of(new Op(Kind.REBOOT, 0, 0, 0)), REGISTERED,
            List.of(new Op(Kind.TAKE, 0, 0, 0))).flatMap(List::stream).toList();

    private static final Map<String, Long> SEEN = new TreeMap<>();
    /** So many sequences reach everything that is asked for, whatever the seed. */
    private static final int ENOUGH = 200;

    private static long sequences;
    private static long operations;

    @Provide
    Arbitrary<List<Op>> sequences() {
        List<Kind> weighted = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            weighted.addAll(Collections.nCopies(kind.weight, kind));
        }
        Arbitrary<Kind> kinds = Arbitraries.of(weighted);
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 6).withoutEdgeCases();
        Arbitrary<Op> ops = Combinators.combine(kinds, numbers, numbers, numbers).as(Op::new);
        Arbitrary<List<Op>> bursts = Arbitraries.frequencyOf(Tuple.of(30, ops.map(List::of)),
                Tuple.of(1, Arbitraries.just(REGISTERED)), Tuple.of(1, Arbitraries.just(REBOOTED)));
        return bursts.list().ofMinSize(1).ofMaxSize(120).withSizeDistribution(RandomDistribution.uniform())
                .map(list -> list.stream().flatMap(List::stream).toList());
    }

    @Property
    @AddLifecycleHook(Batches.class)
    void theCoreDoesWhatTheModelSays(@ForAll("sequences") List<Op> sequence) throws IOException {
        Model model = new Model();
        ModelSubject core = new ModelSubject();
        for (int i = 0; i < sequence.size(); i++) {
            Op op = sequence.get(i);
            int number = i;
            Supplier<String> step = () -> "operation " + number + ", " + op;
            String expected = model.run(op);
            assertEquals(expected, core.run(op), step);
            assertEquals(model.takeCalls(), core.takeCalls(), step);
            assertEquals(model.state(), core.state(), step);
            SEEN.merge(op.kind() + " " + expected, 1L, Long::sum);
        }
        sequences++;
        operations += sequence.size();
    }

    @AfterContainer
    static void theSequencesReachedEverything() {
        System.out.println("random operations: " + sequences + " sequences, " + operations + " operations, "
                + SEEN.size() + " kinds of outcome");
        Set<String> missed = new TreeSet<>(List.of("LINK OK", "LINK ENOSPC", "LINK EEXIST", "LINK EINVAL",
                "REGISTER OK", "REGISTER EEXIST", "PRESERVE OK", "PRESERVE EBUSY", "PRESERVE EHWPOISON",
                "PRESERVE ENOENT", "PRESERVE EEXIST", "CLOSE OK", "TAKE OK", "TAKE EINVAL", "RETRIEVE OK", "FINISH OK",
                "CLOSE_INCOMING OK", "OPEN OK", "OPEN ENODATA", "OPEN ENOENT", "CLOSE_HANDLE OK", "DISCARD EBUSY",
                "FREEZE OK", "FREEZE EBUSY", "REBOOT OK", "REBOOT EBUSY", "REBOOT EHWPOISON"));
        missed.removeAll(SEEN.keySet());
        assertTrue(missed.isEmpty() || sequences < ENOUGH, () -> "never seen: " + missed);
    }
}
