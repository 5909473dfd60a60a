package org.liveupdate.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Replaces the committed corpus by the few inputs of a fuzzed one that reach all that it reaches. */
final class CorpusKeep {
    private CorpusKeep() {}

    /** Arguments: the directory of {@link FuzzRun}, and the one to write a zip file for each target to. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        Path kept = Files.createDirectories(Path.of(args[1]));
        for (Target target : Target.values()) {
            Path needed = Files.createTempDirectory(directory, target.label());
            new Jazzer(directory, target).minimize(needed);
            Corpus.pack(needed, kept.resolve(target.label() + ".zip"));
        }
    }
}
