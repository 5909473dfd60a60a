package org.liveupdate.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs Jazzer in a JVM of its own, which it instruments, on one target.
 *
 * <pre>
 *   directory/TARGET            the corpus: inputs that reached something new; a later run starts from them
 *   directory/TARGET.log        what Jazzer printed in the last run
 *   directory/findings/TARGET   inputs that broke a promise
 * </pre>
 */
final class Jazzer {
    private static final String EXECUTIONS = "stat::number_of_executed_units:";
    private static final List<String> READERS = List.of("org.liveupdate.kho.**", "org.liveupdate.core.image.**",
            "org.liveupdate.inspector.linux.**");
    /** Part of the oracle, not of what is explored: instrumented they take most of the time. */
    private static final List<String> WRITERS = List.of("org.liveupdate.kho.fdt.FdtNode",
            "org.liveupdate.kho.fdt.FdtWriter", "org.liveupdate.kho.image.ImageWriter",
            "org.liveupdate.kho.image.BlockChainWriter", "org.liveupdate.kho.image.MemoryStateWriter",
            "org.liveupdate.core.image.ImageEncoder", "org.liveupdate.core.image.Owners");
    /** Jazzer's own oracles that slow down every string and every regular expression and have nothing to find here. */
    private static final List<String> DETECTORS = List.of("com.code_intelligence.jazzer.sanitizers.RegexInjection",
            "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks");
    private static final int SLOWEST_SECONDS = 10;
    private static final int FINDINGS_BEFORE_IT_STOPS = 10;

    private final Path directory;
    private final Target target;

    Jazzer(Path directory, Target target) {
        this.directory = directory;
        this.target = target;
    }

    /**
     * What one run of a target came to.
     *
     * @param executions
     *            inputs that were tried
     * @param crashes
     *            inputs that broke a promise
     * @param seconds
     *            that it took
     */
    record Outcome(Target target, long executions, int crashes, long seconds) {
        @Override
        public String toString() {
            return "fuzz " + target.label() + " executions " + executions + " crashes " + crashes + " seconds "
                    + seconds;
        }
    }

    Path corpus() {
        return directory.resolve(target.label());
    }

    private Path findings() {
        return directory.resolve(Corpus.FINDINGS).resolve(target.label());
    }

    private Path log() {
        return directory.resolve(target.label() + ".log");
    }

    /**
     * Fuzzes until a limit is reached or ten different promises are broken.
     *
     * @param limit
     *            option of libFuzzer
     * @param seed
     *            of the random choices; the same seed makes the same ones
     */
    Outcome fuzz(String limit, long seed) throws IOException, InterruptedException {
        Files.createDirectories(corpus());
        Files.createDirectories(findings());
        Set<Path> known = files(findings());
        long began = System.nanoTime();
        start(List.of(limit, "-seed=" + seed, "-max_len=" + target.longestInputBytes(),
                "-timeout=" + SLOWEST_SECONDS, "-artifact_prefix=" + findings() + '/', "-print_final_stats=1"),
                corpus());
        long seconds = (System.nanoTime() - began) / 1_000_000_000;
        Set<Path> found = files(findings());
        found.removeAll(known);
        return new Outcome(target, executions(), found.size(), seconds);
    }

    /** Copies those inputs of the corpus that are needed to reach what it reaches to an empty directory. */
    void minimize(Path into) throws IOException, InterruptedException {
        start(List.of("-merge=1", "-max_len=" + target.longestInputBytes()), into, corpus());
    }

    private void start(List<String> options, Path... corpora) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading", "-classpath",
                        System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type().getName(),
                        "--instrumentation_includes=" + String.join(":", READERS),
                        "--instrumentation_excludes=" + String.join(":", WRITERS),
                        "--disabled_hooks=" + String.join(":", DETECTORS),
                        "--mutator_framework=false", "--keep_going=" + FINDINGS_BEFORE_IT_STOPS,
                        "--reproducer_path=" + directory));
        command.addAll(options);
        Stream.of(corpora).map(Path::toString).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile()).start();
        // forcibly: asked to end, Jazzer would call the input of the moment a finding
        Thread stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        process.waitFor();
        Runtime.getRuntime().removeShutdownHook(stop);
    }

    /** Said at every finding and at the end: the last one counts. */
    private long executions() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.startsWith(EXECUTIONS)).reduce((earlier, later) -> later)
                    .map(line -> Long.parseLong(line.substring(EXECUTIONS.length()).trim()))
                    .orElseThrow(() -> new IOException("Jazzer ended without saying what it did: see " + log()));
        }
    }

    private static Set<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
