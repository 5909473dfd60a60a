package org.liveupdate.core.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the build says about explanations of uncovered branches. */
class ExplanationsTest {
    private final Explanations explanations = new Explanations(List.of("# a remark", "", "luo.Turn.take 2: a reason",
            "luo.Gate.leave 0 to 1: a race"));

    @Test
    void asManyAsAreExplainedAreInOrder() {
        assertEquals(List.of(), explanations.differences(Map.of("luo.Turn.take", 2)));
        assertEquals(List.of(), explanations.differences(Map.of("luo.Turn.take", 2, "luo.Gate.leave", 1)));
        assertEquals(3, explanations.count());
    }

    @Test
    void aBranchThatNobodyExplainedIsNamed() {
        List<String> differences = explanations.differences(Map.of("luo.Turn.take", 3, "luo.Other.run", 1));
        assertEquals(2, differences.size());
        assertTrue(differences.get(0).startsWith("luo.Other.run has 1 uncovered branches, of which 0 are explained"));
        assertTrue(differences.get(1).startsWith("luo.Turn.take has 3 uncovered branches, of which 2 are explained"));
    }

    @Test
    void anExplanationOfWhatIsCoveredIsNamed() {
        assertEquals(List.of("luo.Turn.take has 0 uncovered branches, but 2 are explained: correct the explanation"),
                explanations.differences(Map.of()));
    }

    @Test
    void anExplanationNeedsAReasonAndStandsOnce() {
        assertThrows(IllegalArgumentException.class, () -> new Explanations(List.of("luo.Turn.take 2")));
        assertThrows(IllegalArgumentException.class,
                () -> new Explanations(List.of("luo.Turn.take 2: one", "luo.Turn.take 1: another")));
    }
}
