package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
 * How long the small assembly takes from the start of its process, supervisor included, to its prompt, which it shows when
 * all bundles are started. A profile measures; in the normal build the bound is generous.
 *
 * <pre>
 *   liveupdate.start.runs    how many starts
 *   liveupdate.start.limit   milliseconds that the median may be
 * </pre>
 */
@Timeout(180)
class StartE2eIT {
    private static final String PROMPT = "g! ";

    @TempDir
    Path place;

    @Test
    void thePromptIsThereSoonAfterTheStart() throws Exception {
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
        long began = System.nanoTime();
        Process process = new Liveupdate(directory).usualTemporary().promptProcess();
        try (InputStream output = process.getInputStream()) {
            StringBuilder shown = new StringBuilder();
            while (!shown.toString().endsWith(PROMPT)) {
                int next = output.read();
                assertTrue(next >= 0, () -> "there was no prompt: " + shown);
                shown.append((char) next);
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertTrue(process.children().anyMatch(StartE2eIT::mapsArchive), "the archive of classes is not in use");
            process.getOutputStream().close();
            output.transferTo(OutputStream.nullOutputStream());
            assertEquals(0, process.waitFor());
            return millis;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether a generation has the classes from the file that the build made. */
    private static boolean mapsArchive(ProcessHandle generation) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(generation.pid()), "maps"))
                    .contains(Liveupdate.jar("liveupdate.jar").toRealPath() + ".jsa");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
