package org.liveupdate.demo.run;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the supervisor wants from this generation, told by framework properties.
 *
 * @param files
 *            to be loaded; empty: one of this JDK
 * @param updates
 *            how many live updates to make in a row, 1 or more
 * @param resumed
 *            whether this generation, although it is the first of its supervisor, goes on with an image that was left
 * @param successor
 *            whether it was started to take over from another generation
 * @param generation
 *            its number
 */
public record Settings(List<Path> files, int updates, boolean resumed, boolean successor, String generation) {
    private static final String COMMAND = "liveupdate.command";
    private static final String UPDATES = "liveupdate.demo.generations";
    private static final String FILE_COUNT = "liveupdate.demo.file.count";
    private static final String FILE = "liveupdate.demo.file.";
    private static final String RESUME = "liveupdate.resume";
    private static final String ROLE = "liveupdate.role";
    private static final String SUCCESSOR = "successor";
    private static final String GENERATION = "liveupdate.generation";

    /** Whether a scenario is wanted in this framework. */
    public static boolean wants(Scenario scenario, UnaryOperator<String> properties) {
        return scenario.command().equals(properties.apply(COMMAND));
    }

    /**
     * Reads them.
     *
     * @param properties
     *            gives a property's value, or null
     */
    public static Settings of(UnaryOperator<String> properties) throws Failure {
        List<Path> files = new ArrayList<>();
        int count = number(properties, FILE_COUNT, 0, 0);
        for (int index = 0; index < count; index++) {
            files.add(path(properties, FILE + index));
        }
        String generation = properties.apply(GENERATION);
        return new Settings(List.copyOf(files), number(properties, UPDATES, 1, 1),
                Boolean.parseBoolean(properties.apply(RESUME)), SUCCESSOR.equals(properties.apply(ROLE)),
                generation == null ? "1" : generation);
    }

    /** Which JVM this is, as the beginning of a sentence. */
    public String here() {
        return "Generation " + generation + ", JVM " + pid() + " (Java " + System.getProperty("java.version") + ")";
    }

    /** Process id of this JVM. */
    public static long pid() {
        return ProcessHandle.current().pid();
    }

    private static int number(UnaryOperator<String> properties, String name, int least, int otherwise) throws Failure {
        String value = properties.apply(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the sentence below says it for both
        }
        throw new Failure("the property " + name + " has to be a number from " + least + " on, not \"" + value + "\"");
    }

    private static Path path(UnaryOperator<String> properties, String name) throws Failure {
        String value = properties.apply(name);
        if (value == null) {
            throw new Failure("the property " + name + " is missing although " + FILE_COUNT + " counts it");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new Failure("the property " + name + " cannot be the name of a file: \"" + value + "\"");
        }
    }
}
