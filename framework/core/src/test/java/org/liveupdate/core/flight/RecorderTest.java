package org.liveupdate.core.flight;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Where nothing is recorded, nothing is made. */
class RecorderTest {
    @Test
    void nothingIsMadeWhileNothingIsRecorded() {
        Recorder recorder = Recorder.find();
        assertNull(recorder.begin());
        assertNull(recorder.beginPhase());
        recorder.endPhase(null, "swap", "nobody", null);
    }

    @Test
    void whereThereIsNoFlightRecorderNothingIsRecorded() {
        assertNull(Recorder.NONE.begin());
        assertNull(Recorder.NONE.beginPhase());
        assertNotNull(Recorder.find());
    }
}
