package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conditions are said once, in order, when they are true. */
class ConditionsTest {
    private final List<String> said = new ArrayList<>();
    private boolean ready;
    private boolean finished;
    private final Conditions conditions = new Conditions(said::add, () -> ready, () -> finished);

    private List<String> refreshed() {
        conditions.refresh();
        return List.copyOf(said);
    }

    @Test
    void nothingIsSaidWhileAnImageIsWaitedFor() {
        finished = true;
        assertEquals(List.of(), refreshed());
    }

    @Test
    void aColdStartIsReadyAndHasNothingToFinish() {
        ready = true;
        finished = true;
        assertEquals(List.of("liveupdate.ready", "liveupdate.incoming.finished"), refreshed());
    }

    @Test
    void whatWasHandedOverIsFinishedLaterThanReady() {
        ready = true;
        assertEquals(List.of("liveupdate.ready"), refreshed());
        finished = true;
        assertEquals(List.of("liveupdate.ready", "liveupdate.incoming.finished"), refreshed());
    }

    @Test
    void whoeverDependsOnThemIsNotTornDownWhileEverythingIsFrozen() {
        ready = true;
        finished = true;
        conditions.refresh();
        ready = false;
        conditions.refresh();
        ready = true;
        assertEquals(2, refreshed().size());
    }
}
