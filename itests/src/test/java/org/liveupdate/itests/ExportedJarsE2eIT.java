package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the exported jars are: a supervisor to be started with {@code java -jar}, and a generation to be its child. */
@Timeout(60)
class ExportedJarsE2eIT {
    private static final String LAUNCHER = "aQute.launcher.pre.EmbeddedLauncher";
    private static final int OUR_BUNDLES = 15;

    @ParameterizedTest
    @ValueSource(strings = {"liveupdate.jar", "liveupdate.equinox.jar"})
    void theSupervisorIsTheMainClass(String property) throws Exception {
        try (JarFile jar = new JarFile(System.getProperty(property))) {
            String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);

            assertEquals("org.liveupdate.kexec.supervisor.Main", main);
            assertNotNull(jar.getEntry(main.replace('.', '/') + ".class"));
            assertTrue(jar.stream().anyMatch(entry -> entry.getName().startsWith("org/liveupdate/kho/")), "kho");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"liveupdate.jar", "liveupdate.equinox.jar"})
    void everyBundleOfAGenerationIsActive(String property, @TempDir Path directory) throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Process generation = new ProcessBuilder(java(), "-Djava.io.tmpdir=" + temporary,
                "-Dlaunch.storage.dir=" + directory.resolve("framework"), "-Dgosh.args=", "-cp",
                System.getProperty(property), LAUNCHER).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (Writer prompt = generation.outputWriter(); BufferedReader answers = generation.inputReader()) {
            long active = activeBundles(prompt, answers);
            while (active < OUR_BUNDLES) {
                TimeUnit.MILLISECONDS.sleep(100);
                active = activeBundles(prompt, answers);
            }
            assertEquals(OUR_BUNDLES, active);
        } finally {
            generation.destroy();
            generation.waitFor();
        }
    }

    private static long activeBundles(Writer prompt, BufferedReader answers) throws IOException {
        prompt.write("lb -s\necho listed\n");
        prompt.flush();
        long active = 0;
        for (String line = answers.readLine(); line == null || !line.endsWith("listed"); line = answers.readLine()) {
            assertNotNull(line, "the generation ended");
            active += line.contains("|Active") && line.contains("|org.liveupdate.") ? 1 : 0;
        }
        return active;
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }
}
