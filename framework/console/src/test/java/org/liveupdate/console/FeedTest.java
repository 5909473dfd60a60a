package org.liveupdate.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

class FeedTest {
    private static final long MINUTE = 60_000;

    private final RuntimeDTO state = new RuntimeDTO();
    private final LiveUpdateRuntime runtime = () -> state;
    private final Feed feed = new Feed();

    @Test
    void withoutACoreTheStateIsNull() {
        assertEquals("null", json());
    }

    @Test
    void numbersOfSixtyFourBitsArriveWithoutLoss() {
        FileDTO file = new FileDTO();
        file.token = -1;
        SessionDTO session = new SessionDTO();
        session.files = new FileDTO[]{file};
        state.sessions = new SessionDTO[]{session};
        feed.bindRuntime(runtime);

        assertTrue(json().contains("\"token\":\"-1\""), json());
    }

    @Test
    void aChangeEndsTheWait() throws Exception {
        feed.bindRuntime(runtime);
        State seen = feed.now();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> changed = CompletableFuture.supplyAsync(() -> {
            begun.countDown();
            return await(seen);
        });
        begun.await();
        feed.updatedRuntime(runtime);

        assertTrue(changed.get());
        assertNotEquals(seen.change(), feed.now().change());
    }

    @Test
    void aChangeThatCameBeforeTheWaitIsNotMissed() {
        feed.bindRuntime(runtime);
        State seen = feed.now();
        feed.updatedRuntime(runtime);

        assertTrue(await(seen));
    }

    @Test
    void withoutAChangeTheWaitEndsInTime() throws Exception {
        assertFalse(feed.awaitChangeAfter(feed.now().change(), 1));
    }

    @Test
    void theEndOfTheCoreIsAChange() {
        feed.bindRuntime(runtime);
        State seen = feed.now();
        feed.unbindRuntime(runtime);

        assertTrue(await(seen));
        assertEquals("null", json());
    }

    @Test
    void aCoreThatWasReplacedMayGo() {
        LiveUpdateRuntime next = () -> state;
        feed.bindRuntime(runtime);
        feed.bindRuntime(next);
        feed.unbindRuntime(runtime);

        assertNotEquals("null", json());
    }

    @Test
    void closingEndsTheWait() {
        State seen = feed.now();
        feed.close();

        assertFalse(await(seen));
        assertTrue(feed.isClosed());
    }

    private boolean await(State seen) {
        try {
            return feed.awaitChangeAfter(seen.change(), MINUTE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String json() {
        return new String(feed.now().json(), StandardCharsets.UTF_8);
    }
}
