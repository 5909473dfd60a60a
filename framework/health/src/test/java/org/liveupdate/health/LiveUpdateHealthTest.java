package org.liveupdate.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

class LiveUpdateHealthTest {
    private final LiveUpdateHealth health = new LiveUpdateHealth();

    @Test
    void withoutACoreItIsCriticalAndSaysWhatToDo() {
        assertEquals("CRITICAL", health.execute().getStatus().name());
        assertTrue(health.execute().toString().contains("start the bundle org.liveupdate.core."));
    }

    @Test
    void theCoreThatIsThereIsAsked() {
        health.bindRuntime(LiveUpdateHealthTest::running);

        assertTrue(health.execute().isOk());
    }

    @Test
    void aCoreThatWasReplacedMayGo() {
        LiveUpdateRuntime first = LiveUpdateHealthTest::running;
        LiveUpdateRuntime second = LiveUpdateHealthTest::running;
        health.bindRuntime(first);
        health.bindRuntime(second);
        health.unbindRuntime(first);
        assertTrue(health.execute().isOk());

        health.unbindRuntime(second);
        assertEquals("CRITICAL", health.execute().getStatus().name());
    }

    private static RuntimeDTO running() {
        RuntimeDTO state = new RuntimeDTO();
        state.enabled = true;
        state.phase = "RUNNING";
        return state;
    }
}
