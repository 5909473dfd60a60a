package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private OutgoingSession first;
    private OutgoingSession second;
    private Provider next;

    @BeforeEach
    void preserveFilesWhoseOwnerLeaves() throws IOException, LiveUpdateException {
        generation = Generation.first(SETTINGS, new Calls(), directory);
        Provider provider = new Provider(generation, "p", "v1").register();
        first = generation.session("first");
        second = generation.session("second");
        generation.preserve(first, 1, "h");
        generation.preserve(second, 2, "h");
        provider.stop();
        next = new Provider(generation, "p", "v2");
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
        assertTimeoutPreemptively(STUCK, next::register);
        hang.letGo();

        assertEverythingEnds(first, second);
    }

    @Test
    void aSessionThatIsClosedMeanwhileIsPassedOver() throws LiveUpdateException {
        Hang hang = Hang.in(generation.calls, "h.retrieve");
        next.register();
        assertEquals(Optional.empty(), generation.core.agents().close(second));
        hang.letGo();

        assertEverythingEnds(first);
        assertEquals(List.of(), generation.warnings.stream().filter(text -> text.contains("stay detached")).toList());
    }

    @Test
    void aThreadThatIsInterruptedDoesNotWait() throws LiveUpdateException {
        Thread.currentThread().interrupt();
        next.register();
        assertTrue(Thread.interrupted());

        assertEverythingEnds(first, second);
    }

    private void assertEverythingEnds(OutgoingSession... sessions) throws LiveUpdateException {
        for (OutgoingSession session : sessions) {
            assertEquals(Optional.empty(), generation.core.agents().close(session));
        }
        awaitTheEndOfWhatGoesOn();
        Balance.assertNothingIsHeld(generation, next.flb);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    private void awaitTheEndOfWhatGoesOn() {
        CoreLock lock = generation.core.lock();
        lock.lock();
        try {
            assertTrue(lock.await(() -> next.flb.outgoing.state == State.IDLE));
        } finally {
            lock.unlock();
        }
    }
}
