package org.liveupdate.itests.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apache Karaf with a person at its console. A command's answer is what stands between it and the mark that is printed
 * behind it, without the lines that show the prompt: Karaf draws that again and again.
 */
final class KarafRun implements AutoCloseable {
    private static final String PROMPT = "karaf@root()>";
    private static final String STYLE = "\u001b\\[[0-9;?]*[a-zA-Z]";
    /** Behind a prompt, or not; the quotation marks tell the command from what it prints. */
    private static final Pattern MARK = Pattern.compile("(?:.*[^\"])?(answer \\d+)");
    private static final String END = "(the output has ended)";

    private final Process process;
    private final Path log;
    private final Path directory;
    private final Writer keyboard;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private int asked;

    /**
     * Starts it, without a console for others.
     *
     * @param karaf
     *            where it was unpacked
     * @param directory
     *            handover directory
     */
    KarafRun(Path karaf, Path directory) throws IOException {
        this.directory = directory;
        log = karaf.resolve("data/log/karaf.log");
        ProcessBuilder builder = new ProcessBuilder(karaf.resolve("bin/karaf").toString(), "client")
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", Path.of(Liveupdate.java()).getParent().getParent().toString());
        builder.environment().put("KARAF_OPTS",
                "-Dliveupdate.directory=" + directory + " -Duser.home=" + karaf.resolve("home"));
        builder.environment().put("TERM", "dumb");
        process = builder.start();
        keyboard = process.outputWriter();
        Thread reader = new Thread(() -> read(process.inputReader()), "karaf output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader output) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String text = line.replaceAll(STYLE, "");
                Matcher mark = MARK.matcher(text);
                if (mark.matches()) {
                    lines.add(mark.group(1));
                } else if (!text.startsWith(PROMPT) && !text.isBlank()) {
                    lines.add(text);
                }
            }
        } catch (IOException e) {
            lines.add("(the output could not be read: " + e + ")");
        }
        lines.add(END);
    }

    /**
     * Waits until a Karaf that starts for the first time has installed its own features. The console is there before,
     * and what is typed then may get lost.
     */
    void awaitOwnFeatures() {
        Await.until("the features that Karaf starts with", () -> {
            try {
                return Files.exists(log) && Files.readString(log).contains("| Done.");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Asks until a line of the answer has this part: the console is there before everything has started. */
    void awaitAnswer(String command, String part) {
        Await.until(part + " as the answer to " + command,
                () -> ask(command).stream().anyMatch(line -> line.contains(part)));
    }

    /** Types a command, and returns the lines of its answer. */
    List<String> ask(String command) {
        String mark = "answer " + ++asked;
        type(command + "\necho \"" + mark + "\"\n");
        List<String> answer = new ArrayList<>();
        for (String line = next(); !line.equals(mark); line = next()) {
            if (line.equals(END)) {
                throw new AssertionError(command + " was not answered; there was only " + answer);
            }
            answer.add(line);
        }
        return answer;
    }

    private void type(String text) {
        try {
            keyboard.write(text);
            keyboard.flush();
        } catch (IOException e) {
            throw new AssertionError("nobody reads " + text, e);
        }
    }

    private String next() {
        try {
            String line = lines.poll(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
            return line == null ? END : line;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends the input, and waits for the end of Karaf. */
    void end() throws IOException {
        keyboard.close();
        Await.until("the end of " + process, () -> !process.isAlive());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.using(directory).forEach(ProcessHandle::destroyForcibly);
    }
}
