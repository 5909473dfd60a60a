package org.liveupdate.kexec.supervisor;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first words of a generation's command line: the same Java, the same JVM arguments and the same class path as this
 * JVM, and what makes a start shorter.
 */
final class JavaCommand {
    /** What they add is among the arguments of this JVM, and would count twice. */
    static final Set<String> OPTION_VARIABLES = Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    /**
     * Much of what a start calls often is never called again, and on few processors the optimizing compiler takes the
     * time of the start itself. It begins after four times as many calls as usual; loops are optimized as early as ever.
     */
    private static final List<String> LATER_OPTIMIZATION = List.of("-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2400", "-XX:Tier4CompileThreshold=60000");

    /** Since 24 the JVM warns of what the frameworks use. */
    private static final int UNSAFE_WARNS_SINCE = 24;

    private JavaCommand() {}

    static List<String> ofThisJvm() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LATER_OPTIMIZATION); // before the options of this JVM, which prevail
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(JavaCommand::canBeShared)
                .forEach(command::add);
        if (Runtime.version().feature() >= UNSAFE_WARNS_SINCE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(absoluteClassPath(System.getProperty("java.class.path")));
        return command;
    }

    /** A debugger's or a management port has one listener, and that is this JVM; generations overlap, too. */
    private static boolean canBeShared(String argument) {
        return !argument.startsWith("-agentlib:jdwp") && !argument.startsWith("-Xrunjdwp")
                && !argument.startsWith("-Dcom.sun.management.jmxremote.port=");
    }

    private static String absoluteClassPath(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
