package org.liveupdate.kexec.supervisor;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.kexec.supervisor.link.TimeLimits;

/**
 * What all commands that run generations need to know.
 *
 * @param java
 *            command line of a generation up to its class path
 * @param main
 *            what a generation runs: main class and arguments
 * @param limits
 *            how long to wait
 * @param out
 *            what is said to the user
 */
record Host(List<String> java, List<String> main, TimeLimits limits, PrintStream out) {
    /** The same, whose JVMs have these options before all others. */
    Host with(List<String> options) {
        List<String> command = new ArrayList<>(java);
        command.addAll(1, options);
        return new Host(command, main, limits, out);
    }
}
