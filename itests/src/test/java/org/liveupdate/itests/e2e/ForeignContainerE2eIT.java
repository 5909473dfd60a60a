package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.itests.support.Bundles;

/** A live update in a container of somebody else's, whose successor is started by the configured command. */
@Timeout(180)
class ForeignContainerE2eIT {
    private static final List<String> BUNDLES = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.scr", "org.apache.felix.gogo.runtime",
            "org.liveupdate.kho", "org.liveupdate.api", "org.liveupdate.core", "org.liveupdate.kexec",
            "org.liveupdate.providers.api", "org.liveupdate.providers.memfd", "org.liveupdate.shell");

    @TempDir
    Path place;

    @Test
    void theStateGoesThroughTwoKexecsByTheConfiguredCommand() throws Exception {
        Liveupdate files = new Liveupdate(place);
        Path disk = files.input("disk.img", 5000);
        try (PromptRun felix = start(files, "exec " + command("$LIVEUPDATE_OPTIONS", "$LIVEUPDATE_GENERATION"))) {
            felix.ask("liveupdate:create vm");
            felix.ask("liveupdate:preserve vm 1 " + disk);
            assertContains(felix.ask("liveupdate:plan kexec"), "a kexec would carry everything over");
            felix.ask("liveupdate:kexec --yes");
            felix.ask("liveupdate:save vm 1 " + place.resolve("first"));
            felix.ask("liveupdate:finish vm");
            felix.ask("liveupdate:create vm");
            felix.ask("liveupdate:preserve vm 1 " + place.resolve("first"));
            felix.ask("liveupdate:kexec --yes");
            assertContains(felix.ask("liveupdate:status"), "after 2 live updates");
            felix.ask("liveupdate:save vm 1 " + place.resolve("second"));
            assertContains(felix.ask("liveupdate:finish vm"), "incoming session \"vm\" is finished");
            Processes.using(files.directory()).forEach(ProcessHandle::destroy);
            Await.until("the end of the last generation", () -> Processes.using(files.directory()).isEmpty());
        }
        assertArrayEquals(Files.readAllBytes(disk), Files.readAllBytes(place.resolve("second")));
    }

    @Test
    void withoutACommandKexecSaysWhichPropertyIsMissing() throws Exception {
        Liveupdate files = new Liveupdate(place);
        try (PromptRun felix = start(files, null)) {
            List<String> answer = felix.ask("liveupdate:kexec --yes");
            assertContains(answer, "EOPNOTSUPP: kexec needs a supervisor that starts the successor");
            assertContains(answer, "liveupdate.successor.command");
            assertContains(felix.ask("liveupdate:why kexec"), "liveupdate.successor.command");
        }
    }

    /** The shell outlives the first generation: its standard input is that of the others. */
    private PromptRun start(Liveupdate files, String command) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("liveupdate.directory", files.directory().toString());
        properties.setProperty(PlainFelix.BUNDLES,
                BUNDLES.stream().map(name -> Bundles.path(name).toString()).collect(Collectors.joining(",")));
        if (command != null) {
            properties.setProperty("liveupdate.successor.command", command);
        }
        try (Writer writer = Files.newBufferedWriter(configuration())) {
            properties.store(writer, null);
        }
        return new PromptRun(new ProcessBuilder("/bin/sh", "-c",
                command("-Dliveupdate.directory=" + files.directory(), "first") + "; exec sleep 600")
                .redirectErrorStream(true).start(), files.directory());
    }

    private Path configuration() {
        return place.resolve("config.properties");
    }

    /** For the shell. */
    private String command(String options, String generation) {
        return Stream.of(Liveupdate.java(), "-XX:TieredStopAtLevel=1", options,
                "-Dorg.osgi.framework.storage=" + place.resolve("cache-") + generation, "-cp",
                "'" + System.getProperty("java.class.path") + "'", PlainFelix.class.getName(),
                configuration().toString()).collect(Collectors.joining(" "));
    }

    private static void assertContains(List<String> answer, String part) {
        assertTrue(answer.stream().anyMatch(line -> line.contains(part)),
                () -> "\"" + part + "\" is missing in:\n" + String.join("\n", answer));
    }
}
