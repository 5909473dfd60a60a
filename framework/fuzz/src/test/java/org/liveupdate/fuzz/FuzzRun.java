package org.liveupdate.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.liveupdate.fuzz.Jazzer.Outcome;

/**
 * Fuzzes targets, one after the other, and says what came of it. What is in the directory from earlier runs is gone on with;
 * {@value #HISTORY} there has one line for each target of each run.
 */
final class FuzzRun {
    private static final String HISTORY = "history.txt";
    private static final long SEED_LIMIT = 1L << 31;

    private FuzzRun() {}

    /** Arguments: directory, targets, seconds for each, executions of each (-1: seconds count), seed (0: any). */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        long runs = Long.parseLong(args[3]);
        String limit = runs > 0 ? "-runs=" + runs : "-max_total_time=" + Long.parseLong(args[2]);
        long seed = Long.parseLong(args[4]);
        seed = seed == 0 ? 1 + System.nanoTime() % (SEED_LIMIT - 1) : seed;
        System.out.println("fuzz seed " + seed + " directory " + directory);
        int crashes = 0;
        for (Target target : Target.named(args[1])) {
            Jazzer jazzer = new Jazzer(directory, target);
            plant(target, jazzer.corpus());
            Outcome outcome = jazzer.fuzz(limit, seed);
            System.out.println(outcome);
            Files.writeString(directory.resolve(HISTORY), outcome + System.lineSeparator(), StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            crashes += outcome.crashes();
        }
        printTotal(directory);
        if (crashes > 0) {
            System.out.println("inputs that broke a promise are in " + directory.resolve(Corpus.FINDINGS));
            System.exit(1);
        }
    }

    /** Committed inputs and seeds are where a first run starts. */
    private static void plant(Target target, Path corpus) throws IOException {
        Files.createDirectories(corpus);
        Map<String, byte[]> inputs = new TreeMap<>(Corpus.committed(target.label()));
        Seeds.of(target).forEach(seed -> inputs.put("seed-" + inputs.size(), seed));
        for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
            Files.write(corpus.resolve(Path.of(input.getKey()).getFileName()), input.getValue());
        }
    }

    private static void printTotal(Path directory) throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve(HISTORY))) {
            List<String[]> words = lines.map(line -> line.split(" ")).toList();
            System.out.println("fuzz total executions " + sum(words, 3) + " crashes " + sum(words, 5) + " seconds "
                    + sum(words, 7) + " in all runs on this directory");
        }
    }

    private static long sum(List<String[]> lines, int word) {
        return lines.stream().mapToLong(words -> Long.parseLong(words[word])).sum();
    }
}
