package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link Stage} in a JVM of its own. */
final class StageProcess implements AutoCloseable {
    private final Process process;
    private final PrintWriter input;
    private final BufferedReader output;

    private StageProcess(Process process) {
        this.process = process;
        input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    static StageProcess start(String role, Path directory, long seed) throws IOException {
        return new StageProcess(new ProcessBuilder(Liveupdate.java(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Stage.class.getName(), role, directory.toString(),
                Long.toString(seed)).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** The answer to a command; null if the process ends instead. */
    String ask(String command) throws IOException {
        input.println(command);
        return output.readLine();
    }

    /** Asks and compares. */
    void expect(String answer, String command) throws IOException {
        assertEquals(answer, ask(command), command);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it end in order. */
    void end() throws InterruptedException {
        input.close();
        assertTrue(process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS), "it does not end");
        assertEquals(0, process.exitValue());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
