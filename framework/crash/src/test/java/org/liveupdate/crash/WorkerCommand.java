package org.liveupdate.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.core.osgi.StandaloneFactory;
import org.liveupdate.kho.HandoverMemory;
import org.osgi.dto.DTO;

/**
 * How a {@link Worker} is started, cheaply: with an archive of its classes, made once. An archive takes classes from
 * jars only, so directories of the class path are put into jars first; all jars are in one place, which other users
 * may read, too.
 */
final class WorkerCommand {
    private static final Class<?>[] NEEDED = {Worker.class, LiveUpdate.class, HandoverMemory.class,
            StandaloneFactory.class, DTO.class};
    /** All that a worker does, from both sides. */
    private static final String REHEARSAL = "start first|preserve 1|prepare|commit|takeBack|resume|outgoing|commit|"
            + "start successor|claim 1|confirm|retrieve|end|preserve 2|commit|close";

    private final List<String> command;

    private WorkerCommand(List<String> command) {
        this.command = command;
    }

    /** Makes jars and archive in {@code place}. */
    static WorkerCommand prepare(Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        List<String> jars = new ArrayList<>();
        for (Class<?> type : NEEDED) {
            Path path = Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
            Path jar = place.resolve("worker-" + jars.size() + ".jar");
            if (Files.isDirectory(path)) {
                pack(path, jar);
            } else {
                Files.copy(path, jar, StandardCopyOption.REPLACE_EXISTING);
            }
            jars.add(jar.toString());
        }
        Path archive = place.resolve("worker.jsa");
        Files.deleteIfExists(archive);
        rehearse(command("-XX:ArchiveClassesAtExit=" + archive, jars), place);
        return new WorkerCommand(command("-XX:SharedArchiveFile=" + archive, jars));
    }

    private static List<String> command(String archiveOption, List<String> jars) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), archiveOption,
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xlog:disable", "-Xmx64m", "-cp",
                String.join(File.pathSeparator, jars), Worker.class.getName());
    }

    /** The same, run by another command. */
    WorkerCommand under(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(command);
        return new WorkerCommand(all);
    }

    Process start(Path directory) throws IOException {
        return start(command, directory);
    }

    private static Process start(List<String> command, Path directory) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.add(directory.toString());
        return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void rehearse(List<String> command, Path place) throws IOException, InterruptedException {
        try (HandoverPlace directory = HandoverPlace.create(place)) {
            Process process = start(command, directory.path());
            try (PrintWriter input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8))) {
                Stream.of(REHEARSAL.split("\\|")).forEach(input::println);
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !said.endsWith("closed\n")) {
                throw new IllegalStateException("the rehearsal of a worker failed: " + said);
            }
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
    }
}
