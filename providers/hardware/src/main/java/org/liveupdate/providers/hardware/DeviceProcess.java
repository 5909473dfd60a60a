package org.liveupdate.providers.hardware;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.liveupdate.providers.api.pci.PciAddress;

/** A device that was plugged in by this process. It outlives it. Thread safe. */
public final class DeviceProcess {

    private final Process process;

    private DeviceProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a device and waits until it looks at its registers.
     *
     * @param machine the machine's directory
     * @param address where the device is
     * @param classPath has this class and those of {@code providers/api}, such as the runnable jar
     * @param idleSeconds when nobody has had the machine in use for so long, the device stops
     * @throws IOException if it does not start
     */
    public static DeviceProcess start(Path machine, PciAddress address, String classPath, long idleSeconds)
            throws IOException {
        Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", classPath, DeviceMain.class.getName(), machine.toString(),
                address.toString(), Long.toString(idleSeconds))).redirectError(Redirect.INHERIT).start();
        BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (!DeviceMain.READY.equals(line)) {
            process.destroyForcibly();
            throw new IOException("device " + address + " of " + machine + " does not start: it said " + line);
        }
        return new DeviceProcess(process);
    }

    /** Its process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits until it has ended, and returns its status. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Pulls it out: it ends wherever it is. */
    public void pull() {
        process.destroyForcibly();
    }
}
