package org.liveupdate.itests;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.liveupdate.itests.support.Bundles;

/**
 * A machine with two devices, which is on while the tests of a class run. To be registered before the container: its
 * bundles find the machine by system properties.
 */
final class SwitchedOn implements BeforeAllCallback, AfterAllCallback {
    private static final String MAIN = "org.liveupdate.providers.hardware.MachineMain";
    private static final List<String> DEVICES = List.of("0000:01:00.0", "0000:02:00.0");

    private Path parent;
    private Process process;
    private Map<String, String> properties = Map.of();

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        parent = Files.createTempDirectory("machine-of-a-test");
        Path machine = parent.resolve("machine");
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                Bundles.path("org.liveupdate.providers.hardware") + File.pathSeparator
                        + Bundles.path("org.liveupdate.providers.api"),
                MAIN, machine.toString(), DEVICES.get(0), DEVICES.get(1)).redirectError(Redirect.INHERIT).start();
        String said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        if (!"ready".equals(said)) {
            throw new IOException("the machine does not start: it said " + said);
        }
        properties = Map.of("liveupdate.iommu.machine", machine.toString(), "liveupdate.pci.sysfs",
                machine.resolve("devices").toString());
        properties.forEach(System::setProperty);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        properties.keySet().forEach(System::clearProperty);
        if (process != null) {
            process.getOutputStream().close();
            process.waitFor();
        }
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
