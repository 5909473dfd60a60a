package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the small assembly takes from the start of its process, supervisor included, until the prompt has answered a
 * command. The README names the command that measures; in the normal build the bound is generous.
 *
 * <pre>
 *   liveupdate.start.runs    how many starts
 *   liveupdate.start.limit   milliseconds that the median may be
 * </pre>
 */
@Timeout(180)
class StartE2eIT {
    @TempDir
    Path place;

    @Test
    void thePromptAnswersSoonAfterTheStart() throws Exception {
        int runs = Integer.getInteger("liveupdate.start.runs", 1);
        long limit = Long.getLong("liveupdate.start.limit", TimeUnit.SECONDS.toMillis(30));
        List<Long> millis = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            millis.add(start(Files.createDirectory(place.resolve("run-" + run))));
        }
        Collections.sort(millis);
        long median = millis.get(runs / 2);
        System.out.println("start: " + runs + " starts, shortest " + millis.get(0) + " ms, median " + median
                + " ms, longest " + millis.get(runs - 1) + " ms, at most " + limit + " ms");
        assertTrue(median <= limit, () -> "the median is " + median + " ms");
    }

    private static long start(Path directory) throws Exception {
        Liveupdate liveupdate = new Liveupdate(directory);
        long began = System.nanoTime();
        try (PromptRun prompt = liveupdate.prompt()) {
            List<String> answer = prompt.ask("liveupdate:sessions");
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertEquals("there is no session", answer.get(answer.size() - 1));
            assertEquals(0, prompt.end());
            return millis;
        }
    }
}
