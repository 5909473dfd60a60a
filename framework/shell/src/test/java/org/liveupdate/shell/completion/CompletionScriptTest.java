package org.liveupdate.shell.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.shell.ModuleCommands;
import org.liveupdate.shell.WhyCommand;

class CompletionScriptTest {
    private static final String CANDIDATES =
            " -a 'liveupdate:candidates (${.commandLine} words) (${.commandLine} wordIndex)'";

    @Test
    void optionsAndTextsAreThoseOfTheAnnotations() {
        assertEquals(List.of(
                "complete -c liveupdate:swap -l json --description \"prints JSON instead of a table\"",
                "complete -c liveupdate:swap -s y -l yes --description \"does not ask\"",
                "complete -c liveupdate:swap" + CANDIDATES,
                "complete -c liveupdate:unload -s f -l force --description \"detaches first what is in use\"",
                "complete -c liveupdate:unload -s y -l yes --description \"does not ask\"",
                "complete -c liveupdate:unload" + CANDIDATES), CompletionScript.of(ModuleCommands.class));
    }

    @Test
    void aCommandThatComesTwiceIsToldOnce() {
        assertEquals(List.of("complete -c liveupdate:why -l json --description \"prints JSON instead of a table\"",
                "complete -c liveupdate:why" + CANDIDATES), CompletionScript.of(WhyCommand.class));
    }
}
