package org.liveupdate.kexec.supervisor;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The machine that the generations of a guest run on: a process with its devices, which are processes, too. Switched off
 * by {@link #close()}, or when this JVM ends.
 */
final class MachineProcess implements Closeable {
    /** In the same jar. */
    private static final String MAIN = "org.liveupdate.providers.hardware.MachineMain";
    private static final String READY = "ready";
    private static final List<String> DEVICES = List.of("0000:01:00.0", "0000:02:00.0");
    private static final long OFF_SECONDS = 10;

    private final Path parent;
    private final Process process;

    private MachineProcess(Path parent, Process process) {
        this.parent = parent;
        this.process = process;
    }

    /**
     * Switches a machine on.
     *
     * @param java
     *            command line up to the class path
     * @throws Failure
     *             if it does not come up
     */
    static MachineProcess start(List<String> java) throws IOException, Failure {
        Path parent = Files.createTempDirectory("liveupdate-machine-");
        List<String> command = new ArrayList<>(java);
        command.add(MAIN);
        command.add(directory(parent).toString());
        command.addAll(DEVICES);
        Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        MachineProcess machine = new MachineProcess(parent, process);
        String said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        if (!READY.equals(said)) {
            machine.close();
            throw new Failure("the machine with the guest's devices does not start: it said " + said);
        }
        return machine;
    }

    private static Path directory(Path parent) {
        return parent.resolve("machine");
    }

    /** Where it is. */
    Path directory() {
        return directory(parent);
    }

    /** Its process id. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(OFF_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RunDirectory.remove(parent);
    }
}
