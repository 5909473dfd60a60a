package org.liveupdate.kexec.supervisor;

import java.util.List;
import org.liveupdate.kexec.supervisor.link.TimeLimits;

/** Entry point of the runnable jar: the supervisor, parent of all generations. */
public final class Main {
    /** In the same jar. */
    private static final String LAUNCHER = "aQute.launcher.pre.EmbeddedLauncher";

    private Main() {}

    /**
     * Carries out a command line and ends the JVM with its status: 0, what the last generation ended with, 1 if it could
     * not be done, 2 if the command line is wrong.
     *
     * @param arguments
     *            the command line
     * @throws InterruptedException
     *             never; nobody interrupts this thread
     */
    public static void main(String[] arguments) throws InterruptedException {
        TimeLimits limits;
        try {
            limits = TimeLimits.of(System::getProperty);
        } catch (IllegalArgumentException e) {
            System.err.println("liveupdate: " + e.getMessage());
            System.exit(2);
            return;
        }
        List<String> java = JavaCommand.ofThisJvm();
        Host plain = new Host(java, List.of(GenerationMain.class.getName(), LAUNCHER), limits, System.out);
        Host host = plain.with(ClassArchive.ofThisJar().map(archive -> archive.options(java)).orElse(List.of()));
        CommandTable table =
                new CommandTable(
                        List.of(new RuntimeCommand(host), new DemoCommand(host), new VmCommand(host),
                                new ArchiveCommand(plain)),
                        () -> ToolCommand.onClassPath(System.out, System.err), System.out, System.err);
        System.exit(table.run(List.of(arguments)));
    }
}
