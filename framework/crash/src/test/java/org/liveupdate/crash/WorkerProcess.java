package org.liveupdate.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link Worker} in a JVM of its own. All that was said is kept, for the one failure in thousands. */
final class WorkerProcess implements AutoCloseable {
    private final Process process;
    private final PrintWriter input;
    private final BufferedReader output;
    private final List<String> transcript;
    private final String name;

    WorkerProcess(WorkerCommand command, Path directory, String name, List<String> transcript) throws IOException {
        this.process = command.start(directory);
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.name = name;
        this.transcript = transcript;
    }

    /** The answer to a command; null if the process was killed. */
    String ask(String command) throws IOException {
        tell(command);
        String answer = output.readLine();
        note(" < ", answer);
        return answer;
    }

    void tell(String command) {
        note(" > ", command);
        input.println(command);
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        note(" ! ", "killed");
        process.destroyForcibly().onExit().join();
    }

    /** SIGKILL at any time, by another thread. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void note(String direction, String text) {
        transcript.add(name + direction + text);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
