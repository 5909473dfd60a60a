package org.liveupdate.itests.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of one output of a process, as they come. Thread safe. */
final class Transcript {
    /** Guarded by this. */
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    Transcript(String name, BufferedReader output) {
        reader = new Thread(() -> read(output), name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader output) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (this) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            synchronized (this) {
                lines.add("(the output could not be read: " + e + ")");
            }
        }
    }

    /** What was said until now. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The first line with this part in it, if it was said. */
    Optional<String> line(String part) {
        return lines().stream().filter(line -> line.contains(part)).findFirst();
    }

    /** Whether everybody who could say something has ended. */
    boolean isOver() {
        return !reader.isAlive();
    }
}
