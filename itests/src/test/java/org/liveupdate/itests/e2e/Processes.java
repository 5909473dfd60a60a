package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Processes found by their command lines; also those that lost their parent. Linux. */
final class Processes {
    private Processes() {}

    /** Supervisors and generations on this handover directory, alive. */
    static List<ProcessHandle> using(Path directory) {
        return find(words -> words.contains("-Dliveupdate.directory=" + directory)
                || words.contains("--directory") && words.contains(directory.toString()));
    }

    /** A generation on this handover directory; 1 is the first that a supervisor starts. */
    static Optional<ProcessHandle> generation(Path directory, int number) {
        return find(words -> words.contains("-Dliveupdate.directory=" + directory)
                && words.contains("-Dliveupdate.generation=" + number)).stream().findFirst();
    }

    private static List<ProcessHandle> find(Predicate<List<String>> condition) {
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses().filter(process -> process.pid() != self)
                .filter(process -> condition.test(commandLine(process.pid()))).toList();
    }

    /** Empty for a process that has ended, collected or not. */
    private static List<String> commandLine(long pid) {
        try {
            byte[] words = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
            return List.of(new String(words, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
