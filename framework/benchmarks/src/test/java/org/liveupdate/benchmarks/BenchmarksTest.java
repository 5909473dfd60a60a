package org.liveupdate.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liveupdate.benchmarks.Figure.Unit;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, once and in this JVM; what it measures here means nothing. */
class BenchmarksTest {
    private static final String FEW_FILES = "100";
    private static final String ALL_FLBS = "63";

    private static Results results;

    @BeforeAll
    static void run() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        results = new Results(new Runner(new OptionsBuilder().include(Benchmarks.PACKAGE).forks(0).warmupIterations(0)
                .measurementIterations(1).measurementTime(TimeValue.milliseconds(1)).param("files", FEW_FILES)
                .param("flbs", ALL_FLBS).verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run());
    }

    @Test
    void theTableShowsEveryBenchmark() {
        assertEquals(results.benchmarks(), new SpeedTable(results).benchmarks());
    }

    @Test
    void theTableShowsWhatWasMeasuredAndSaysWhatWasNot() {
        List<String> lines = new SpeedTable(results).lines();

        assertTrue(lines.stream().anyMatch(line -> line.startsWith("| the same, 63 FLBs | at most 500 ns | ")
                && !line.contains("not measured")), () -> String.join("\n", lines));
        assertTrue(lines.contains("| the same, 3 FLBs |  | not measured |  |  |"), () -> String.join("\n", lines));
    }

    @Test
    void aFigureIsTheMedianAndTheBestOfItsIterations() {
        assertEquals(new Figure(3, 1, Unit.NANOSECONDS), Figure.of(List.of(60.0, 20.0, 100.0), 20, Unit.NANOSECONDS));
    }

    @Test
    void heapIsCounted() {
        Optional<Figure> heap = results.bytes("HeapBenchmark.preserve files=" + FEW_FILES, "bytesEach");

        assertTrue(heap.isPresent());
    }
}
