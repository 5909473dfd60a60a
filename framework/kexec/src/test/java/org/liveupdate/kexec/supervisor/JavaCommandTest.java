package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.kexec.supervisor.link.TimeLimits;

/** How a generation is started. */
class JavaCommandTest {
    private final List<String> command = JavaCommand.ofThisJvm();

    @Test
    void optionsOfThisJvmPrevailOverThoseOfTheStart() {
        int ours = command.indexOf("-XX:Tier4InvocationThreshold=20000");
        assertEquals(1, ours);
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            assertTrue(command.lastIndexOf(option) > ours, () -> option + " in " + command);
        }
    }

    @Test
    void classPathIsAbsoluteAndComesLast() {
        assertEquals("-cp", command.get(command.size() - 2));
        for (String entry : command.get(command.size() - 1).split(":")) {
            assertTrue(Path.of(entry).isAbsolute(), entry);
        }
    }

    @Test
    void optionsOfAHostComeBeforeAllOthers() {
        Host host = new Host(command, List.of(), TimeLimits.of(name -> null), System.out).with(List.of("-Xshare:auto"));
        assertEquals(command.get(0), host.java().get(0));
        assertEquals("-Xshare:auto", host.java().get(1));
        assertEquals(command.subList(1, command.size()), host.java().subList(2, host.java().size()));
    }
}
