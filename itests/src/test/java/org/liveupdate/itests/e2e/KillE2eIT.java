package org.liveupdate.itests.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever is killed, whenever: a generation, the supervisor, or all of them. In the normal build a few kills; the README
 * names the command for many, which goes on where an earlier run with the same seed was stopped.
 *
 * <pre>
 *   liveupdate.kill.count  how many kills
 *   liveupdate.kill.seed   what they are drawn with
 *   liveupdate.kill.done   the file that remembers which were made
 * </pre>
 */
class KillE2eIT {
    @TempDir
    Path place;

    @Test
    void whoeverIsKilledWheneverTheStateIsWholeOrTheNextStartIsClean() throws Exception {
        int count = Integer.getInteger("liveupdate.kill.count", 3);
        long seed = Long.getLong("liveupdate.kill.seed", 1);
        Path done = Path.of(System.getProperty("liveupdate.kill.done", place.resolve("done").toString()));
        Set<String> before = new HashSet<>(Files.exists(done) ? Files.readAllLines(done) : List.of());
        for (int index = 0; index < count; index++) {
            Killing killing = Killing.draw(seed, index);
            if (before.contains(index + " " + killing)) {
                continue;
            }
            Path own = Files.createDirectory(place.resolve(Integer.toString(index)));
            String outcome = new KilledRun(own, killing).play();
            System.out.println("kill " + index + " of seed " + seed + ": " + killing + ": " + outcome);
            Files.createDirectories(done.toAbsolutePath().getParent());
            Files.writeString(done, index + " " + killing + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
