package org.liveupdate.core.luo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** Whoever waits for the last handle goes on when it is closed, long before the deadline. */
class LastHandleTest {
    private static final Duration NEVER = Duration.ofSeconds(10 * Other.STUCK_SECONDS);

    @TempDir
    private Path directory;
    private Generation generation;
    private Provider old;
    private OutgoingSession session;
    private Module user;

    @BeforeEach
    void preserve() throws IOException, LiveUpdateException {
        generation = Generation.first(Settings.DEFAULT.withDetachPatience(NEVER), new Calls(), directory);
        old = new Provider(generation, "p", "v1").register();
        session = generation.session("s");
        generation.preserve(session, 1, "h");
        user = generation.module("user");
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private void swap() throws LiveUpdateException {
        Provider next = new Provider(generation, "p", "v2");
        generation.core.owners().swap(old.module, List.of(next.handler), List.of(next.flb));
    }

    @Test
    void aSwapGoesOnWhenTheLastHandleIsClosed() throws Throwable {
        FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
        Other swapping = Other.thread(this::swap).untilItWaits();
        handle.close();
        swapping.join();
    }

    @Test
    void aSwapGoesOnWhenTheLastFileIsClosed() throws Throwable {
        FileHandle<MockFile> file = generation.core.agents().open(session, 1, MockFile.class, user);
        Other swapping = Other.thread(this::swap).untilItWaits();
        file.close();
        swapping.join();
    }

    @Test
    void aSwapGoesOnWhenTheBundleWithTheLastFileIsGone() throws Throwable {
        generation.core.agents().open(session, 1, MockFile.class, user);
        Other swapping = Other.thread(this::swap).untilItWaits();
        generation.core.agents().closeHandlesOf(user);
        swapping.join();
    }

    @Test
    void anOwnerThatLeavesGoesWhenTheLastHandleIsClosed() throws Throwable {
        FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
        Other leaving = Other.thread(old::stop).untilItWaits();
        handle.close();
        leaving.join();
    }
}
