package org.liveupdate.kexec.supervisor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real supervisor in a JVM of its own, with fake generations below it. What all of them print is read here. */
final class SupervisorProcess implements AutoCloseable {
    private static final long LIMIT_MILLIS = 20_000;

    private final Process process;
    /** What the supervisor and all generations print; a pipe would close with the supervisor. */
    private final Path output;

    private SupervisorProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts one; words that begin with {@code -D} or {@code -X} are for the JVM, the others for the command line. */
    static SupervisorProcess start(Path temporary, String... words) throws IOException {
        // a build in the background ignores SIGINT or SIGHUP, and its children would, too
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", "--default-signal=HUP"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary));
        for (String word : words) {
            if (word.startsWith("-D") || word.startsWith("-X")) {
                command.add(word);
            }
        }
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        for (String word : words) {
            if (!word.startsWith("-D") && !word.startsWith("-X")) {
                command.add(word);
            }
        }
        Path output = Files.createTempFile(temporary.getParent(), "output-", "");
        return new SupervisorProcess(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
    }

    /** Without the libraries of the tests: generations start faster. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit") && !entry.contains("surefire"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    long pid() {
        return process.pid();
    }

    /** Gives the generation in charge a command. */
    void command(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes());
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line that contains this, and returns it. */
    String await(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (true) {
            Optional<String> found = lines().filter(line -> line.contains(text)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("\"" + text + "\" was not printed; this was:\n" + output());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private Stream<String> lines() throws IOException {
        String text = Files.readString(output);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    }

    /** Waits until a generation has started, and returns its process number. */
    long pid(int generation) throws IOException, InterruptedException {
        String line = await("[" + generation + "] started ");
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** Waits until a generation has started, and says whether it still runs. */
    boolean isAlive(int generation) throws IOException, InterruptedException {
        return ProcessHandle.of(pid(generation)).isPresent();
    }

    /** Waits until a generation has started, and then until it has ended. */
    void awaitEnd(int generation) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (isAlive(generation)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("generation " + generation + " has not ended; this was printed:\n" + output());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Waits for the end, and returns the exit status. */
    int status() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the supervisor has not ended; this was printed:\n" + output());
        }
        return process.exitValue();
    }

    /** Everything that was printed so far, without the last line end. */
    String output() throws IOException {
        return lines().collect(Collectors.joining("\n"));
    }

    /** How often a text was printed. */
    long count(String text) throws IOException {
        return lines().filter(line -> line.contains(text)).count();
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
        if (status != 0) {
            throw new AssertionError("kill -" + name + " " + pid + " ended with " + status);
        }
    }

    /** Whatever a failed test left goes. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
