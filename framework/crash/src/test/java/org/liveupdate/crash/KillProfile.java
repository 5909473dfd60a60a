package org.liveupdate.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Thousands of kills: {@code mvn test -Pkill}. Goes on where an earlier run with the same seed was stopped; a kill is
 * drawn from seed and index alone.
 */
class KillProfile {
    @Test
    void whoeverIsKilledWheneverTheStateIsWholeOrTheStartIsClean() throws Exception {
        long seed = Long.getLong("kill.seed");
        long first = Long.getLong("kill.first");
        long count = Long.getLong("kill.count");
        Path place = Files.createDirectories(Path.of("target", "kill").toAbsolutePath());
        Outcomes outcomes = new Outcomes(place.resolve("outcomes-" + seed));
        System.out.println("kills with seed " + seed + ", indexes " + first + " to " + (first + count - 1));
        new Kills(WorkerCommand.prepare(place), place, outcomes)
                .run(first, first + count, index -> Scenario.draw(seed, index));
        System.out.println(outcomes);
    }
}
