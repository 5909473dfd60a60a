package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Blackouts at one size of what is carried, as the demo's time lines tell them. */
final class Blackouts {
    private static final Pattern BLACKOUT = Pattern.compile("  blackout +([0-9,.]+) ms  .*");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long MIB = 1 << 20;

    private final long mib;
    private final List<Double> millis = new ArrayList<>();

    Blackouts(long mib) {
        this.mib = mib;
    }

    long mib() {
        return mib;
    }

    /**
     * Runs the demo, with a file of half the size, since it is carried twice.
     *
     * @return what was measured, in words
     */
    String measure(Path place, int updates) throws IOException {
        try {
            Liveupdate liveupdate = new Liveupdate(place);
            Path file = place.resolve("input");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(mib / 2 * MIB);
            }
            try (Run run = liveupdate.demo("--generations", updates, file)) {
                List<Double> measured = run.end(LIMIT).succeeded().out().stream().map(BLACKOUT::matcher)
                        .filter(Matcher::matches).map(line -> Double.valueOf(line.group(1).replace(",", ""))).toList();
                assertEquals(updates, measured.size());
                millis.addAll(measured);
                return mib + " MiB: " + measured + " ms";
            }
        } finally {
            delete(place);
        }
    }

    double median() {
        List<Double> sorted = millis.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    String summary() {
        List<Double> sorted = millis.stream().sorted().toList();
        return String.format(Locale.ROOT, "%5d MiB: shortest %.1f ms, median %.1f ms, longest %.1f ms, %d live updates",
                mib, sorted.get(0), median(), sorted.get(sorted.size() - 1), sorted.size());
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
