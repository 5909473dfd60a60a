package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The runnable jar as a process that was started; ended, and all its generations, when this is closed. */
final class Run implements AutoCloseable {
    private final Process process;
    private final Path directory;
    private final Transcript out;
    private final Transcript err;

    Run(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        out = new Transcript("standard output", process.inputReader());
        err = new Transcript("standard error", process.errorReader());
    }

    /** What the user started. */
    ProcessHandle supervisor() {
        return process.toHandle();
    }

    /** Waits until that generation runs. */
    ProcessHandle generation(int number) {
        await("generation " + number, () -> Processes.generation(directory, number).isPresent());
        return Processes.generation(directory, number).orElseThrow();
    }

    /** The lines of its standard output until now. */
    List<String> lines() {
        return out.lines();
    }

    /** Waits until a line has this part, and returns the line. */
    String awaitLine(String part) {
        await("the line \"" + part + '"', () -> out.line(part).isPresent());
        return out.line(part).orElseThrow();
    }

    /** Waits until a line of standard error has this part. */
    void awaitError(String part) {
        await("the error \"" + part + '"', () -> err.line(part).isPresent());
    }

    /** Types a line at the prompt. */
    void type(String line) throws IOException {
        process.outputWriter().append(line).append('\n').flush();
    }

    private void await(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            if (!process.isAlive() && out.isOver() && !condition.getAsBoolean()) {
                throw new AssertionError("ended before " + what + ": " + outcome());
            }
            return condition.getAsBoolean();
        });
    }

    /** Waits for its end, and for that of whoever it started, while another run is on the same directory. */
    Outcome endBeside() {
        return endBeside(Await.LIMIT);
    }

    private Outcome endBeside(Duration limit) {
        Await.until("the end of " + process, limit, () -> !process.isAlive() && out.isOver() && err.isOver());
        return outcome();
    }

    /** Waits for its end, and for that of whoever it started; nobody may be left. */
    Outcome end() {
        return end(Await.LIMIT);
    }

    /** The same for one that may take longer. */
    Outcome end(Duration limit) {
        endBeside(limit);
        List<ProcessHandle> left = Processes.using(directory);
        if (!left.isEmpty()) {
            throw new AssertionError("processes are left behind: " + left + "; " + outcome());
        }
        return outcome();
    }

    /** Waits for its end and, if somebody killed it, for that of its generations, which end by themselves. */
    Outcome endWithoutSupervisor() {
        endBeside();
        Await.until("the end of all generations", () -> Processes.using(directory).isEmpty());
        return outcome();
    }

    private Outcome outcome() {
        return new Outcome(process.isAlive() ? -1 : process.exitValue(), out.lines(), err.lines());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.using(directory).forEach(ProcessHandle::destroyForcibly);
    }
}
