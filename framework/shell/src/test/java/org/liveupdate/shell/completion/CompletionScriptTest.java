package org.liveupdate.shell.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.shell.ModuleCommands;
import org.liveupdate.shell.WhyCommand;

class CompletionScriptTest {
    private static final String CANDIDATES =
            "liveupdate:candidates (${.commandLine} words) (${.commandLine} wordIndex)";
    private static final String JSON = "prints JSON instead of a table";

    @Test
    void optionsAndTextsAreThoseOfTheAnnotations() {
        assertEquals(List.of(List.of("-c", "liveupdate:swap", "--description", JSON, "-l", "json"),
                List.of("-c", "liveupdate:swap", "--description", "does not ask", "-s", "y", "-l", "yes"),
                List.of("-c", "liveupdate:swap", "-a", CANDIDATES),
                List.of("-c", "liveupdate:unload", "--description", "detaches first what is in use", "-s", "f", "-l",
                        "force"),
                List.of("-c", "liveupdate:unload", "--description", "does not ask", "-s", "y", "-l", "yes"),
                List.of("-c", "liveupdate:unload", "-a", CANDIDATES)), CompletionScript.of(ModuleCommands.class));
    }

    @Test
    void aCommandThatComesTwiceIsToldOnce() {
        assertEquals(List.of(List.of("-c", "liveupdate:why", "--description", JSON, "-l", "json"),
                List.of("-c", "liveupdate:why", "-a", CANDIDATES)), CompletionScript.of(WhyCommand.class));
    }
}
