package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with real supervisors: a handover directory, a temporary directory, and no process that outlives the test. */
abstract class SupervisedTest {
    @TempDir
    Path root;

    Path directory;
    Path temporary;
    private final List<SupervisorProcess> processes = new ArrayList<>();

    @BeforeEach
    void makeDirectories() throws IOException {
        directory = Files.createDirectory(root.resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        temporary = Files.createDirectory(root.resolve("tmp"));
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(SupervisorProcess::close);
    }

    /** Starts a supervisor with exactly these words. */
    SupervisorProcess start(String... words) throws IOException {
        SupervisorProcess process = SupervisorProcess.start(temporary, words);
        processes.add(process);
        return process;
    }

    /** Starts the runtime on {@link #directory}. */
    SupervisorProcess runtime(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("--directory", directory.toString()));
        words.addAll(List.of(options));
        return start(words.toArray(String[]::new));
    }

    /** Names of what is in the supervisor's temporary directory. */
    List<String> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
