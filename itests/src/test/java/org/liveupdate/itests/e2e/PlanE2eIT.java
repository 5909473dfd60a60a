package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an update would lose is told before anything stops, and the update that would lose it is refused. */
@Timeout(180)
class PlanE2eIT {
    private static final String LAUNCHER = "launcher.properties";

    @TempDir
    Path place;

    @ParameterizedTest
    @ValueSource(strings = {"liveupdate.jar", "liveupdate.equinox.jar"})
    void aSuccessorWithoutTheProviderIsFoundOutBeforeAnythingStops(String property) throws Exception {
        Path jar = Files.copy(Liveupdate.jar(property), place.resolve("run.jar"));
        Liveupdate liveupdate = new Liveupdate(place).shortLived().jar(jar).property("liveupdate.settle.timeout", 200);
        Path one = liveupdate.input("one", 5000);
        try (PromptRun prompt = liveupdate.prompt()) {
            prompt.ask("liveupdate:create vm");
            String handler = handlerOf(prompt.ask("liveupdate:preserve vm 1 one"));
            assertContains(prompt.ask("liveupdate:plan kexec"), "a kexec would carry everything over");

            replaceByJarWithout("org.liveupdate.providers.memfd", jar);
            List<String> plan = prompt.ask("liveupdate:plan kexec");
            List<String> refusal = prompt.ask("liveupdate:kexec --yes");

            String lost = "the successor has no handler " + handler
                    + ": the file that depends on it would wait until its bundle is installed there";
            assertContains(plan, "a kexec would be refused without --force");
            assertContains(plan, "  would not survive: " + lost);
            assertContains(refusal, "LiveUpdateException: ENODEV: the successor (generation ");
            assertContains(refusal, lost);
            assertContains(prompt.ask("liveupdate:files vm"), "PRESERVED");

            Files.copy(Liveupdate.jar(property), place.resolve("next.jar"));
            Files.move(place.resolve("next.jar"), jar, StandardCopyOption.ATOMIC_MOVE);
            prompt.ask("liveupdate:kexec --yes");
            assertContains(prompt.ask("liveupdate:why vm"), "it holds 1 file that nobody has finished");
            assertContains(prompt.ask("liveupdate:plan kexec"), "a kexec would be refused now, also by force");
            prompt.ask("liveupdate:save vm 1 copy");
            assertContains(prompt.ask("liveupdate:finish vm"), "incoming session \"vm\" is finished");
            assertEquals(0, prompt.end());
        }
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(place.resolve("copy")));
    }

    /** The handler that the table of files names in its one row. */
    private static String handlerOf(List<String> files) {
        return files.get(1).split(" +")[3];
    }

    private static void assertContains(List<String> answer, String part) {
        assertTrue(answer.stream().anyMatch(line -> line.contains(part)),
                () -> "\"" + part + "\" is missing in:\n" + String.join("\n", answer));
    }

    /** Whoever runs goes on with the old file; the next one that is started opens the new one. */
    private void replaceByJarWithout(String bundle, Path jar) throws Exception {
        Path without = place.resolve("without.jar");
        try (ZipFile source = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(without);
                ZipOutputStream target = new ZipOutputStream(file)) {
            for (ZipEntry entry : Collections.list(source.entries())) {
                target.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = source.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    target.write(entry.getName().equals(LAUNCHER) ? withoutBundle(bundle, bytes) : bytes);
                }
            }
        }
        Files.move(without, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] withoutBundle(String bundle, byte[] launcherProperties) {
        String text = new String(launcherProperties, StandardCharsets.ISO_8859_1);
        String less = text.replaceFirst("jar/" + bundle.replace(".", "\\.") + "-[^,]*,", "");
        assertTrue(less.length() < text.length(), text);
        return less.getBytes(StandardCharsets.ISO_8859_1);
    }
}
