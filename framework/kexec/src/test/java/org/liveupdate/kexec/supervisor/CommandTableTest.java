package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.kexec.supervisor.link.TimeLimits;

class CommandTableTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private int run(String... words) throws Exception {
        PrintStream standard = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream error = new PrintStream(err, true, StandardCharsets.UTF_8);
        Host host = new Host(List.of("no-java"), List.of("NoMain"), TimeLimits.of(name -> null), standard);
        return new CommandTable(List.of(new RuntimeCommand(host), new DemoCommand(host), new ArchiveCommand(host)),
                List::of, standard, error)
                .run(List.of(words));
    }

    private String error() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "demo --help", "demo file -h"})
    void helpSaysWhatThereIs(String line) throws Exception {
        assertEquals(0, run(line.split(" ")));
        String text = out.toString(StandardCharsets.UTF_8);
        for (String word : List.of("demo", "--generations N", "--directory DIR", "--resume", "--discard", "FILE",
                "why [NAME]", "plan [kexec | BUNDLE]", "swap BUNDLE URL")) {
            assertTrue(text.contains(word), text);
        }
        assertEquals("", error());
    }

    @Test
    void versionNamesJava() throws Exception {
        assertEquals(0, run("--version"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Java " + Runtime.version()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"dmeo | there is no command dmeo",
            "--nonsense | there is no option --nonsense here",
            "--generations 3 | there is no option --generations here",
            "demo --generations | the option --generations needs a value",
            "demo --generations 0 | --generations needs a number from 1 to 10000, not \"0\"",
            "demo --generations=x | --generations needs a number from 1 to 10000, not \"x\"",
            "--resume | --resume needs --directory DIR", "demo --discard | --discard needs --directory DIR",
            "--directory d --resume --discard | --resume and --discard exclude each other",
            "--resume=yes | the option --resume takes no value", "--directory a --directory b | is there twice",
            "--directory d more | \"more\" is one word too many",
            "archive more | \"more\" is one word too many", "archive --resume | there is no option --resume here",
            "demo --directory d --resume file | takes no FILE"})
    void wrongCommandLineIsOneSentenceAndTheUsage(String line, String sentence) throws Exception {
        assertEquals(2, run(line.split(" ")));
        String first = error().lines().findFirst().orElseThrow();
        assertTrue(first.startsWith("liveupdate: ") && first.contains(sentence), first);
        assertTrue(error().contains("usage: java -jar liveupdate.jar"));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void missingFileIsOneSentence() throws Exception {
        Path missing = directory.resolve("missing");
        assertEquals(1, run("demo", missing.toString()));
        assertEquals("liveupdate: cannot read " + missing + ": there is no such file\n", error());
    }

    @Test
    void directoryIsNoInputFile() throws Exception {
        assertEquals(1, run("demo", "--", directory.toString()));
        assertEquals("liveupdate: cannot read " + directory + ": it is a directory; name regular files\n", error());
    }

    @Test
    void deviceIsNoInputFile() throws Exception {
        assertEquals(1, run("demo", "/dev/null"));
        assertEquals("liveupdate: cannot read /dev/null: it is not a regular file\n", error());
    }

    @Test
    void javaThatCannotBeStartedIsOneSentence() throws Exception {
        Path file = Files.writeString(directory.resolve("-file with = and ü"), "x");
        assertEquals(1, run("demo", "--", file.toString()));
        assertTrue(error().startsWith("liveupdate: Cannot run program \"no-java\""), error());
        assertEquals(1, error().lines().count());
    }
}
