package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As the selftests of the original: stage 1 preserves in one process, stage 2 retrieves and compares in another. */
@Timeout(60)
class TwoStageE2eIT {
    private static final String ALL_EQUAL = "14 equal, shared number too";
    private static final String BALANCED = "finished, pages 0, flb retrieved 1 finished 1";

    @TempDir
    Path directory;

    private final long seed = new Random().nextLong();

    @BeforeEach
    void printSeed() {
        System.out.println("two stages with seed " + seed);
    }

    @Test
    void whatStageOnePreservesArrivesInStageTwoByteForByte() throws Exception {
        try (StageProcess one = first(); StageProcess two = successor()) {
            one.expect("preserved 14", "preserve");
            one.expect("committed 1", "commit");
            takesOver(two, 1);
            one.expect("taken back false", "takeBack");
            one.end();
            two.end();
        }
        assertEquals(List.of("image-1.confirmed"), left());
    }

    @Test
    void stageOneTakesBackWhatAKilledStageTwoClaimedAndGoesOnAsBefore() throws Exception {
        try (StageProcess one = first(); StageProcess next = successor()) {
            one.expect("preserved 14", "preserve");
            String before = one.ask("state");
            try (StageProcess killed = successor()) {
                one.expect("committed 1", "commit");
                killed.expect("claimed", "claim 1");
                killed.kill();
            }
            one.expect("taken back true", "takeBack");
            one.expect("resumed", "resume");
            one.expect(before, "state");
            assertTrue(before.startsWith("RUNNING frozen 0 "), before);

            one.expect("committed 1", "commit");
            takesOver(next, 1);
            one.expect("fenced", "fence");
            one.end();
            next.end();
        }
        assertEquals(List.of("image-1.confirmed"), left());
    }

    @Test
    void theThirdStageLoadsWhatBothDeadStagesLeftUndecided() throws Exception {
        try (StageProcess one = first(); StageProcess two = successor()) {
            one.expect("preserved 14", "preserve");
            one.expect("committed 1", "commit");
            two.expect("claimed", "claim 1");
            one.kill();
            two.kill();
        }
        try (StageProcess three = first()) {
            three.expect(ALL_EQUAL, "compare");
            three.expect(BALANCED, "finish");
            three.end();
        }
    }

    private static void takesOver(StageProcess two, int number) throws Exception {
        two.expect("claimed", "claim " + number);
        two.expect("confirmed true", "confirm");
        two.expect(ALL_EQUAL, "compare");
        two.expect(BALANCED, "finish");
    }

    private StageProcess first() throws Exception {
        return StageProcess.start("first", directory, seed);
    }

    private StageProcess successor() throws Exception {
        return StageProcess.start("successor", directory, seed);
    }

    private List<String> left() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".lock")).sorted()
                    .toList();
        }
    }
}
