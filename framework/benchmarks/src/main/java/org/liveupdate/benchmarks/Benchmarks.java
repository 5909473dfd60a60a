package org.liveupdate.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks in one JMH run, and prints the table of targets, figures and verdicts. */
public final class Benchmarks {
    static final String PACKAGE = "org.liveupdate.benchmarks";

    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Benchmarks() {}

    /**
     * Runs.
     *
     * @param args
     *            JMH's own options and patterns, none for everything; figures of what did not run are missing
     * @throws RunnerException
     *             a benchmark failed
     * @throws CommandLineOptionException
     *             JMH does not know an option
     */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        Results results = new Results(new Runner(new OptionsBuilder().parent(new CommandLineOptions(args))
                .addProfiler(GCProfiler.class).shouldFailOnError(true).build()).run());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println();
        new SpeedTable(results).lines().forEach(out::println);
        out.println();
        out.println(machine());
    }

    /** What the figures depend on. */
    static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(Locale.ROOT, "%s, %d CPUs; %s %s, %s %s; load average at the end %.1f", cpu(),
                runtime.availableProcessors(), System.getProperty("java.vm.name"), Runtime.version(), Timed.HEAP_MIN,
                Timed.HEAP_MAX, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith(MODEL)).map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst().orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
