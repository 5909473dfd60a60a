package org.liveupdate.crash;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two kills at each step. */
@Timeout(300)
class KillTest {
    @TempDir
    Path place;

    @Test
    void whoeverIsKilledAtAnyStepTheStateIsWholeOrTheStartIsClean() throws Exception {
        List<Scenario> scenarios = Scenario.twoForEachStep();
        Outcomes outcomes = new Outcomes(place.resolve("outcomes"));
        new Kills(WorkerCommand.prepare(place), place, outcomes)
                .run(0, scenarios.size(), index -> scenarios.get((int) index));
        System.out.println(outcomes);
    }
}
