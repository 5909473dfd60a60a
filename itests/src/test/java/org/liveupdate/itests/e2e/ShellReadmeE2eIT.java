package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.itests.support.Bundles;

/** The shell's README is true: what it shows is typed at the prompt of the exported jars, and answered so. */
@Timeout(180)
class ShellReadmeE2eIT {
    private static final Path README = Path.of("..", "framework", "shell", "README.md");
    private static final Pattern COMMAND = Pattern.compile("`([a-z]+)[^`]*`");

    @TempDir
    Path place;

    @ParameterizedTest
    @ValueSource(strings = {"liveupdate.jar", "liveupdate.equinox.jar"})
    void everyExampleIsAnsweredAsItSays(String property) throws Exception {
        Liveupdate liveupdate = new Liveupdate(place).shortLived().jar(Liveupdate.jar(property));
        Path disk = liveupdate.input("disk.img", 5000);
        NewerJar.write(Bundles.path("org.liveupdate.providers.memfd"), "2.0.0", place.resolve("memfd-2.jar"));
        try (PromptRun prompt = liveupdate.prompt()) {
            List<String> greeting = prompt.ask("echo");
            assertTrue(greeting.stream().anyMatch(line -> line.contains("liveupdate:why")), greeting::toString);
            for (Conversation.Step step : Conversation.in(README).steps()) {
                List<String> answer = prompt.ask(step.command());
                assertTrue(step.matches(answer), () -> step.command() + " was answered\n" + String.join("\n", answer)
                        + "\nand not\n" + String.join("\n", step.answer()));
            }
            assertEquals(0, prompt.end());
        }
        assertArrayEquals(Files.readAllBytes(disk), Files.readAllBytes(place.resolve("copy.img")));
    }

    @Test
    void everyCommandOfTheTableHasAnExample() throws Exception {
        Set<String> shown = Conversation.in(README).steps().stream()
                .map(step -> step.command().substring(step.command().indexOf(':') + 1).split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = Files.readAllLines(README).stream().filter(line -> line.startsWith("| `"))
                .flatMap(line -> COMMAND.matcher(line.split("\\|")[1]).results()).map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(listed, shown);
    }
}
