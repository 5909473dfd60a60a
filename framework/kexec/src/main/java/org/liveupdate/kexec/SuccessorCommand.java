package org.liveupdate.kexec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.liveupdate.kexec.supervisor.link.Keys;

/**
 * The command that starts a successor, as the shell reads it. It finds two variables in its environment:
 * {@value #OPTIONS}, options that the successor's {@code java} must be given, and {@value #GENERATION}, the successor's
 * number, for what two frameworks cannot share, such as a bundle cache.
 *
 * @param line
 *            for {@code /bin/sh -c}
 */
record SuccessorCommand(String line) {
    /** Names a variable: system properties, with blanks between them. */
    static final String OPTIONS = "LIVEUPDATE_OPTIONS";
    /** Names a variable. */
    static final String GENERATION = "LIVEUPDATE_GENERATION";
    private static final Pattern BLANK = Pattern.compile("\\s");

    /**
     * Runs it, on the terminal of this JVM.
     *
     * @param directory
     *            the handover directory
     * @param socket
     *            where the successor finds its predecessor
     * @throws IOException
     *             there is no shell, or the directory's name cannot be passed on
     */
    Process start(int generation, String directory, Path socket) throws IOException {
        if (BLANK.matcher(directory).find()) {
            throw new IOException("the name of the handover directory, " + directory
                    + ", has a blank in it, and a successor command cannot be told such a name");
        }
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line).inheritIO();
        builder.environment().put(GENERATION, Integer.toString(generation));
        builder.environment().put(OPTIONS,
                options(Map.of(Keys.DIRECTORY, directory, Keys.ROLE, Keys.SUCCESSOR, Keys.GENERATION, generation,
                        Keys.PREDECESSOR, socket)));
        return builder.start();
    }

    private static String options(Map<String, Object> properties) {
        return properties.entrySet().stream().map(each -> "-D" + each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }
}
