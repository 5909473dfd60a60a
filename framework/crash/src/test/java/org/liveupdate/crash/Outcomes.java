package org.liveupdate.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What there was after each kill, one line each in a file, so that a run that was stopped goes on. Safe for use by several
 * threads.
 */
final class Outcomes {
    private static final String SEPARATOR = "\t";

    private final Path file;
    /** Guarded by this. */
    private final Set<Long> indexes = new HashSet<>();
    /** How often a kind of kill had an outcome. Guarded by this. */
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    /** With what the file holds already, if it is there. */
    Outcomes(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(SEPARATOR);
                count(Long.parseLong(parts[0]), parts[1], parts[2]);
            }
        }
    }

    synchronized boolean contains(long index) {
        return indexes.contains(index);
    }

    synchronized void add(long index, String kill, String outcome) throws IOException {
        Files.writeString(file, String.join(SEPARATOR, Long.toString(index), kill, outcome) + "\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        count(index, kill, outcome);
    }

    private synchronized void count(long index, String kill, String outcome) {
        indexes.add(index);
        counts.computeIfAbsent(kill, name -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    /** A table. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("kills " + indexes.size() + '\n');
        counts.forEach((kill, each) -> each.forEach((outcome, times) -> text
                .append(String.format("  %-16s %-48s %6d%n", kill, outcome, times))));
        return text.toString();
    }
}
