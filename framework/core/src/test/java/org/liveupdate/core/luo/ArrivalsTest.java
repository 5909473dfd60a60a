package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.luo.OutgoingFlb.State;

/** Whoever arrives registers in bounded time, whatever its retrieve does. */
class ArrivalsTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofMillis(150));
    private static final Duration STUCK = Duration.ofSeconds(Other.STUCK_SECONDS);

    @TempDir
    private Path directory;
    private Generation generation;
    private OutgoingSession session;

    @BeforeEach
    void preserveAFileWhoseOwnerLeaves() throws IOException, LiveUpdateException {
        generation = Generation.first(SETTINGS, new Calls(), directory);
        Provider provider = new Provider(generation, "p", "v1").register();
        session = generation.session("s");
        generation.preserve(session, 1, "h");
        provider.stop();
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    @Test
    void aFileWhoseRetrieveDoesNotReturnHoldsNoRegistrationUp() throws LiveUpdateException {
        assertRegistersWhile("h.retrieve");
    }

    @Test
    void anFlbWhoseRetrieveDoesNotReturnHoldsNoRegistrationUp() throws LiveUpdateException {
        assertRegistersWhile("v2.retrieve");
    }

    private void assertRegistersWhile(String retrieve) throws LiveUpdateException {
        Hang hang = Hang.in(generation.calls, retrieve);
        Provider next = new Provider(generation, "p", "v2");
        assertTimeoutPreemptively(STUCK, next::register);
        hang.letGo();

        assertEquals(Optional.empty(), generation.core.close(session));
        Balance.assertNothingIsHeld(generation, next.flb);
        assertEquals(State.IDLE, next.flb.outgoing.state);
        assertEquals(0, generation.memory().statistics().usedPages());
    }
}
