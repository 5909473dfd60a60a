package org.liveupdate.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every committed input keeps every promise, whichever target it was found with. */
class RegressionTest {
    private static final int LONGEST_SECONDS = 60;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = LONGEST_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyCommittedInputKeepsThePromises(Target target) throws IOException {
        inputs().forEach((name, input) -> {
            try {
                target.run(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + name + " breaks a promise of " + target.label() + ": " + e, e);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCorpusIsCommittedForEachTarget(Target target) throws IOException {
        assertFalse(Corpus.committed(target.label()).isEmpty());
        assertTrue(Corpus.committed(target.label()).values().stream()
                .allMatch(input -> input.length <= target.longestInputBytes()));
    }

    private static Map<String, byte[]> inputs() throws IOException {
        Map<String, byte[]> inputs = new TreeMap<>(Corpus.committed(Corpus.FINDINGS));
        for (Target target : Target.values()) {
            inputs.putAll(Corpus.committed(target.label()));
            int number = 0;
            for (byte[] seed : Seeds.of(target)) {
                inputs.put("seed " + number++ + " of " + target.label(), seed);
            }
        }
        return inputs;
    }
}
