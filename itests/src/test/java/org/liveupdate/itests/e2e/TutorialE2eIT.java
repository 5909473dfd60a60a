package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.itests.e2e.Page.Block;

/**
 * The tutorial is followed to the letter: commands are run in the clone, lines are typed at the prompt, and what the page
 * says that they print is compared. Only {@code mvn} is another one: it has a local repository of its own, and takes from
 * that of the build what is there already.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TutorialE2eIT {
    private static final Path TUTORIAL = Page.ROOT.resolve("target/tutorial");
    private static final String BUILD = "mvn -B -ntp -q -DskipTests package";
    private static final String RUNTIME = "java -jar ";
    private static final String KEXEC = "liveupdate:kexec";

    @TempDir
    Path tools;

    private Run run;
    private int generation = 1;
    private int typed;

    @BeforeEach
    void nobodyHasFollowedItBefore() throws Exception {
        Shell.run("rm", "-rf", TUTORIAL.toString());
        Path cache = Path.of(System.getProperty("liveupdate.maven.repository"));
        Path settings = Files.writeString(tools.resolve("settings.xml"), """
                <settings><profiles><profile><id>cache</id>
                <repositories><repository>REPOSITORY</repository></repositories>
                <pluginRepositories><pluginRepository>REPOSITORY</pluginRepository></pluginRepositories>
                </profile></profiles><activeProfiles><activeProfile>cache</activeProfile></activeProfiles></settings>
                """.replace("REPOSITORY", "<id>cache</id><url>file://" + cache
                + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases>"));
        Path mvn = Files.writeString(tools.resolve("mvn"), "#!/bin/sh\nexec '" + System.getProperty("maven.home")
                + "/bin/mvn' -s '" + settings + "' -Dmaven.repo.local='" + TUTORIAL.resolve("m2") + "' \"$@\"\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void end() {
        if (run != null) {
            run.close();
        }
    }

    @Test
    void thePageIsTrue() throws Exception {
        List<String> printed = List.of();
        for (Block block : Page.blocks(Page.ROOT.resolve("providers/README.md"))) {
            switch (block.language()) {
                case "sh" -> execute(block.lines());
                case "gogo" -> printed = type(block.lines());
                case "text" -> assertPrinted(block.lines(), printed);
                default -> assertEquals("java", block.language());
            }
        }
        Shell.signal("TERM", run.supervisor());
        run.end().ended(143);
    }

    private void execute(List<String> lines) throws Exception {
        List<String> commands = new ArrayList<>(lines);
        commands.remove(BUILD); // has been done: this is its jar
        String last = commands.get(commands.size() - 1);
        if (last.startsWith(RUNTIME)) {
            commands.remove(last);
        }
        Process process = shell(String.join("\n", commands)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        if (last.startsWith(RUNTIME)) {
            run = new Run(shell("exec " + last).start(), TUTORIAL.resolve("handover"));
        }
    }

    private ProcessBuilder shell(String script) {
        Path java = Path.of(Liveupdate.java());
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", script).directory(Page.ROOT.toFile());
        builder.environment().merge("PATH", tools + File.pathSeparator + java.getParent(),
                (path, first) -> first + File.pathSeparator + path);
        builder.environment().put("JAVA_HOME", java.getParent().getParent().toString());
        return builder;
    }

    /** Types each line, and returns all that was printed meanwhile. */
    private List<String> type(List<String> lines) throws IOException {
        int before = run.lines().size();
        for (String line : lines) {
            run.type(line);
            if (line.startsWith(KEXEC)) {
                awaitNextGeneration();
            }
        }
        String end = "typed block " + ++typed;
        run.type("echo \"" + end + '"');
        run.awaitLine(end);
        List<String> printed = run.lines().subList(before, run.lines().size());
        assertTrue(printed.stream().noneMatch(line -> line.contains("gogo: ")), () -> String.join("\n", printed));
        return printed;
    }

    /** Two generations share the terminal until the first has ended. */
    private void awaitNextGeneration() {
        run.generation(generation + 1);
        Await.until("the end of generation " + generation,
                () -> Processes.generation(TUTORIAL.resolve("handover"), generation).isEmpty());
        generation++;
    }

    private static void assertPrinted(List<String> expected, List<String> printed) {
        for (String line : expected) {
            assertTrue(printed.stream().anyMatch(each -> each.contains(line)),
                    () -> "\"" + line + "\" was not printed, but:\n" + String.join("\n", printed));
        }
    }
}
