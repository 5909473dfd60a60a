package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The runnable jar and the places where it works: a handover directory and one for temporary files, which is empty again
 * when a run has ended.
 */
final class Liveupdate {
    private final Path place;
    private final Path directory;
    private final Path temporary;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private Path jar = jar("liveupdate.jar");
    private boolean temporaryChosen = true;

    /**
     * On Felix.
     *
     * @param place
     *            an empty directory of the test
     */
    Liveupdate(Path place) throws IOException {
        this.place = place.toRealPath();
        directory = Files.createDirectory(this.place.resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        temporary = Files.createDirectory(this.place.resolve("tmp"));
    }

    /** The JVM that runs the tests runs what is tested. */
    static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    /** One of the two that the build exports, by its system property. */
    static Path jar(String property) {
        return Path.of(System.getProperty(property));
    }

    Liveupdate jar(Path other) {
        jar = other;
        return this;
    }

    /** Gives a system property to the supervisor, from which all generations have it. */
    Liveupdate property(String name, Object value) {
        options.add("-D" + name + "=" + value);
        return this;
    }

    /** Gives a Java agent to the supervisor, and to all JVMs that it starts with its own arguments. */
    Liveupdate agent(Path agent) {
        options.add("-javaagent:" + agent);
        return this;
    }

    /** Has every generation keep a flight recording. */
    Liveupdate recorded() {
        options.add(FlightRecordings.OPTION);
        return this;
    }

    FlightRecordings recordings() {
        return new FlightRecordings(place);
    }

    /** Keeps its bundle caches where a user's would be, instead of in a directory of the test. */
    Liveupdate usualTemporary() {
        temporaryChosen = false;
        return this;
    }

    /** From now on with the usual time limits. */
    Liveupdate withoutProperties() {
        options.removeIf(option -> option.startsWith("-D"));
        return this;
    }

    /** Starts faster, with less compiled; for tests that are about something else. */
    Liveupdate shortLived() {
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        return this;
    }

    /** Starts it by another command. */
    Liveupdate under(String... words) {
        prefix.addAll(List.of(words));
        return this;
    }

    Path directory() {
        return directory;
    }

    Path temporary() {
        return temporary;
    }

    Images images() {
        return new Images(directory);
    }

    /** A file with arbitrary contents. */
    Path input(String name, int bytes) throws IOException {
        byte[] contents = new byte[bytes];
        new Random(bytes).nextBytes(contents);
        return Files.write(place.resolve(name), contents);
    }

    /** The demo on the handover directory. */
    Run demo(Object... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("demo", "--directory", directory.toString()));
        Stream.of(words).map(Object::toString).forEach(all::add);
        return start(all.toArray());
    }

    /** The runtime on the handover directory, with a person at its prompt, who is in a directory of the test. */
    PromptRun prompt(Object... words) throws IOException {
        return new PromptRun(promptProcess(words), directory);
    }

    /** The same, whose output nobody reads yet. */
    Process promptProcess(Object... words) throws IOException {
        List<Object> all = new ArrayList<>(List.of("--directory", directory));
        all.addAll(List.of(words));
        return new ProcessBuilder(command(all.toArray())).directory(place.toFile()).redirectErrorStream(true).start();
    }

    Run start(Object... words) throws IOException {
        return new Run(new ProcessBuilder(command(words)).directory(place.toFile()).start(), directory);
    }

    private List<String> command(Object... words) {
        List<String> command = new ArrayList<>(prefix);
        command.add(java());
        if (temporaryChosen) {
            command.add("-Djava.io.tmpdir=" + temporary);
        }
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        Stream.of(words).map(Object::toString).forEach(command::add);
        return command;
    }

    /** Names of the files in the handover directory. */
    List<String> preserved() throws IOException {
        return names(directory);
    }

    /** Names of what runs have left among the temporary files. */
    List<String> rubbish() throws IOException {
        return names(temporary);
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
