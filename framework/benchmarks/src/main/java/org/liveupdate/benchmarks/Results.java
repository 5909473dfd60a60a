package org.liveupdate.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.liveupdate.benchmarks.Figure.Unit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What one run measured, by names such as {@code PreserveBenchmark.preserve flbs=63}. */
final class Results {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final Map<String, RunResult> byName = new HashMap<>();

    Results(Collection<RunResult> run) {
        run.forEach(result -> byName.put(name(result.getParams()), result));
    }

    private static String name(BenchmarkParams params) {
        String method = params.getBenchmark();
        StringBuilder name = new StringBuilder(method.substring(Benchmarks.PACKAGE.length() + 1));
        params.getParamsKeys().forEach(key -> name.append(' ').append(key).append('=').append(params.getParam(key)));
        return name.toString();
    }

    /** Names of what was measured, without parameters. */
    Set<String> benchmarks() {
        Set<String> benchmarks = new TreeSet<>();
        byName.keySet().forEach(name -> benchmarks.add(name.split(" ")[0]));
        return benchmarks;
    }

    /** Time of one operation; empty if it was not measured. */
    Optional<Figure> nanoseconds(String name, double operations) {
        return result(name).map(result -> {
            List<Double> samples = new ArrayList<>();
            result.getBenchmarkResults().forEach(fork -> fork.getIterationResults().stream()
                    .forEach(iteration -> samples.add(iteration.getPrimaryResult().getScore())));
            return Figure.of(samples, operations, Unit.NANOSECONDS);
        });
    }

    /** Heap that one operation allocates; empty if it was not measured. */
    Optional<Figure> allocatedBytes(String name) {
        return bytes(name, ALLOCATION);
    }

    /** A counter of a benchmark; empty if it was not measured. */
    Optional<Figure> bytes(String name, String counter) {
        return result(name).filter(result -> result.getSecondaryResults().containsKey(counter)).map(result -> {
            Result<?> counted = result.getSecondaryResults().get(counter);
            return new Figure(counted.getScore(), counted.getScore(), Unit.BYTES);
        });
    }

    private Optional<RunResult> result(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
