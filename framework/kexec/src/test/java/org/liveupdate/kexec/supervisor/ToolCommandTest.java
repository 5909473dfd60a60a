package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Commands that are tools. */
class ToolCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream standard = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final PrintStream error = new PrintStream(err, true, StandardCharsets.UTF_8);

    /** Repeats its words. */
    private static final class Echo implements ToolProvider {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public int run(PrintWriter output, PrintWriter errors, String... words) {
            output.println("out " + String.join("|", words));
            errors.println("err");
            return words.length;
        }
    }

    private int run(String... words) throws Exception {
        return new CommandTable(List.of(), () -> List.of(new ToolCommand(new Echo(), standard, error)), standard, error)
                .run(List.of(words));
    }

    @Test
    void theToolGetsTheWordsAndGivesTheStatus() throws Exception {
        assertEquals(3, run("echo", "--option", "--", "a b"));

        assertEquals("out --option|--|a b\n", out.toString(StandardCharsets.UTF_8));
        assertEquals("err\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theHelpTextIsWhatTheToolSaysOfItself() throws Exception {
        assertEquals(0, run("--help"));

        String help = out.toString(StandardCharsets.UTF_8);
        assertTrue(help.contains("java -jar liveupdate.jar echo ARGUMENT..."), help);
        assertTrue(help.contains("out --help"), help);
    }

    @Test
    void theToolsOfTheJdkAreNoCommands() {
        assertTrue(ToolProvider.findFirst("jar").isPresent(), "a JDK");

        assertEquals(List.of(), ToolCommand.onClassPath(standard, error));
    }
}
