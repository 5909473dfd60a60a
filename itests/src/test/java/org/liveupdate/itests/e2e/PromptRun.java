package org.liveupdate.itests.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The runnable jar with a person at its prompt. A command's answer is what stands between it and the mark that is printed
 * behind it; a generation that takes over reads on where the last one stopped.
 */
final class PromptRun implements AutoCloseable {
    private static final String PROMPT = "g! ";
    private static final String END = "(the output has ended)";

    private final Process process;
    private final Path directory;
    private final Writer keyboard;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private int asked;

    /** Takes hold of a process whose error output goes where its standard output does. */
    PromptRun(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        this.keyboard = process.outputWriter();
        Thread reader = new Thread(() -> read(process.inputReader()), "prompt output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader output) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(the output could not be read: " + e + ")");
        }
        lines.add(END);
    }

    /** Types a command, and returns the lines of its answer. */
    List<String> ask(String command) throws IOException, InterruptedException {
        String mark = "answer-" + ++asked;
        keyboard.write(command + "\necho " + mark + "\n");
        keyboard.flush();
        List<String> answer = new ArrayList<>();
        while (true) {
            String line = lines.poll(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError(command + " was not answered; there was only " + answer);
            }
            while (line.startsWith(PROMPT)) {
                line = line.substring(PROMPT.length());
            }
            if (line.equals(mark)) {
                return answer;
            }
            answer.add(line);
        }
    }

    /** Ends the input, and waits for the end of all generations. */
    int end() throws IOException {
        keyboard.close();
        Await.until("the end of " + process, () -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.using(directory).forEach(ProcessHandle::destroyForcibly);
    }
}
