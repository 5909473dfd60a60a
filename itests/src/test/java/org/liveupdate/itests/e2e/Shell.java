package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Small commands of the system. */
final class Shell {
    private Shell() {}

    /**
     * Runs a command that has to succeed.
     *
     * @return its output
     */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + output);
        return output;
    }

    /** Runs a command; empty if it is not installed or fails. */
    static Optional<String> tryRun(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Sends a signal to a process. */
    static void signal(String signal, ProcessHandle process) throws IOException, InterruptedException {
        run("kill", "-s", signal, "--", Long.toString(process.pid()));
    }

    /** Sends a signal to all processes of the group that this one leads: Ctrl-C. */
    static void signalGroup(String signal, ProcessHandle leader) throws IOException, InterruptedException {
        run("kill", "-s", signal, "--", "-" + leader.pid());
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
