package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.OutgoingFlb.State;

/** Swaps of providers that are not alone, not whole, or not in time. */
class SwapPartsTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofSeconds(1));

    @TempDir
    private Path directory;
    private Generation generation;
    private Provider old;
    private Provider next;
    private OutgoingSession session;

    @BeforeEach
    void preserveTwoFiles() throws IOException, LiveUpdateException {
        begin(Generation.first(SETTINGS, new Calls(), directory));
    }

    private void begin(Generation first) throws LiveUpdateException {
        generation = first;
        old = new Provider(generation, "p", "v1").register();
        next = new Provider(generation, "p", "v2");
        session = generation.session("s");
        generation.preserve(session, 1, "h");
        generation.preserve(session, 2, "h");
        generation.calls.take();
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private void swap(Provider from, Provider to) throws LiveUpdateException {
        generation.core.owners().swap(from.module, List.of(to.handler), List.of(to.flb));
    }

    /** Every retrieve of a file fails, but for the first ones. */
    private void filesFailAfter(int good) {
        AtomicInteger left = new AtomicInteger(good);
        generation.calls.on("h.retrieve", context -> {
            if (left.getAndDecrement() <= 0) {
                throw new LiveUpdateException(Errno.EPROTO, "the test wants it");
            }
        });
    }

    private void filesWork() {
        generation.calls.on("h.retrieve", context -> {});
    }

    private void closeAll() throws LiveUpdateException {
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        Balance.assertNothingIsHeld(generation);
    }

    /** The next generation with both files retrieved by the version {@code v2}, which becomes the old one. */
    private IncomingSession retrieved() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        old = new Provider(generation, "p", "v2").register();
        next = new Provider(generation, "p", "v3");
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().retrieve(incoming, 1);
        generation.core.agents().retrieve(incoming, 2);
        generation.get("a", Side.INCOMING).close();
        return incoming;
    }

    @Test
    void whatOthersServeInTheSameSessionIsLeftAlone() throws LiveUpdateException, IOException {
        HandlerRuntime other = generation.handler("k", generation.flb("b"));
        generation.core.registry().link(other, old.flb);
        generation.preserve(session, 3, "k");
        generation.calls.take();
        swap(old, next);
        assertEquals(0, generation.calls.count("k.detach"));
        assertSame(next.flb, other.links()[1]);
        generation = generation.kexec();
        HandlerRuntime successor = generation.handler("k", generation.flb("b"));
        old = new Provider(generation, "p", "v2").register();
        generation.core.registry().link(successor, old.flb);
        next = new Provider(generation, "p", "v3");
        IncomingSession incoming = generation.incomingSession("s");
        for (long token = 1; token <= 3; token++) {
            generation.core.agents().retrieve(incoming, token);
        }
        swap(old, next);
        next.stop();
        assertEquals(0, generation.calls.count("k.detach"));
        Provider last = new Provider(generation, "p", "v4").register();
        generation.core.agents().close(incoming);
        Balance.assertNothingIsHeld(generation, last.flb);
    }

    @Test
    void aSwapWithoutHandoverMemoryWorksTheSame() throws LiveUpdateException, IOException {
        generation.close();
        begin(Generation.first(SETTINGS));
        swap(old, next);
        assertEquals(3, next.references());
        closeAll();
    }

    @Test
    void anFlbAloneIsReplacedWithoutTouchingFiles() throws LiveUpdateException {
        Module module = Module.of("q", "1", 5, Module.State.LIVE);
        FlbRuntime before = new FlbRuntime("q", new MockFlb("q1", generation.calls), module);
        FlbRuntime after = new FlbRuntime("q", new MockFlb("q2", generation.calls), module);
        generation.core.registry().link(old.handler, before);
        generation.preserve(session, 3, "h");
        generation.calls.take();
        generation.core.owners().swap(module, List.of(), List.of(after));
        assertEquals(List.of("q1.detach", "q2.retrieve"), generation.calls.take());
        assertSame(after, old.handler.links()[1]);
        closeAll();
    }

    @Test
    void filesThatWereAttachedComeBackWhenALaterOneFails() throws LiveUpdateException {
        filesFailAfter(1);
        generation.calls.on("h.detach", context -> filesFailAfter(1));
        assertErrno(Errno.EPROTO, () -> swap(old, next));
        generation.calls.on("h.detach", context -> {});
        filesWork();
        assertEquals(0, next.references());
        swap(old, new Provider(generation, "p", "v3"));
        closeAll();
    }

    @Test
    void filesThatCanNeitherGoOnNorBackAreTakenUpByTheNextSwap() throws LiveUpdateException {
        filesFailAfter(0);
        assertErrno(Errno.EPROTO, () -> swap(old, next));
        assertTrue(session.newest().isDetached());
        assertTrue(generation.happened().contains(EventId.SWAP_NOT_UNDONE), generation.events::toString);
        filesWork();
        swap(old, new Provider(generation, "p", "v3"));
        closeAll();
    }

    @Test
    void filesThatWereHandedOverComeBackWhenALaterOneFails() throws LiveUpdateException, IOException {
        IncomingSession incoming = retrieved();
        generation.calls.on("h.detach", context -> filesFailAfter(1));
        assertErrno(Errno.EPROTO, () -> swap(old, next));
        generation.calls.on("h.detach", context -> {});
        filesWork();
        swap(old, new Provider(generation, "p", "v4"));
        generation.core.agents().close(incoming);
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void anOpenIncomingHandleRefusesTheSwap() throws LiveUpdateException, IOException {
        IncomingSession incoming = retrieved();
        try (FlbHandle<String> handle = generation.get("a", Side.INCOMING)) {
            assertErrno(Errno.EBUSY, () -> swap(old, next));
            assertEquals("v2 retrieved 100", handle.get());
        }
        LiveUpdateException refusal = assertErrno(Errno.EINVAL,
                () -> generation.core.owners().swap(old.module, List.of(next.handler), List.of()));
        assertTrue(refusal.getMessage().contains("FLB a"), refusal.getMessage());
        generation.core.agents().close(incoming);
    }

    @Test
    void whatIsNotInUseNeedNotBeOffered() throws LiveUpdateException {
        generation.core.agents().close(session);
        generation.core.owners().swap(old.module, List.of(), List.of());
        assertEquals(List.of(old.handler), generation.core.registry().handlers());
        generation.core.registry().unlink(old.handler, old.flb);
        session = generation.session("s");
        closeAll();
    }

    @Test
    void whatServesOnWithoutBeingRegisteredIsReplacedToo() throws LiveUpdateException {
        generation.core.registry().unregister(old.handler);
        swap(old, next);
        assertEquals(List.of(), generation.core.registry().handlers());
        assertEquals(3, next.references());
        closeAll();
    }

    @Test
    void aSwapWaitsForACallbackThatIsRunning() throws Throwable {
        generation = generation.kexec();
        old = new Provider(generation, "p", "v2").register();
        next = new Provider(generation, "p", "v3");
        Hang hang = Hang.in(generation.calls, "v2.retrieve");
        hang.enter(() -> generation.get("a", Side.INCOMING).close());
        Other swap = Other.thread(() -> swap(old, next)).untilItWaits();
        generation.calls.take();
        hang.leave();
        swap.join();
        assertEquals(List.of("v2.detach", "v3.retrieve"),
                generation.calls.take().stream().filter(call -> call.startsWith("v")).toList());
        generation.core.agents().close(generation.incomingSession("s"));
        Balance.assertNothingIsHeld(generation, next.flb);
    }

    @Test
    void whoPreservesMeanwhileGoesOnWithTheOldVersionIfTheSwapFails() throws Throwable {
        Hang hang = Hang.in(generation.calls, "v1.detach");
        generation.calls.fail("v2.retrieve", Errno.EPROTO);
        hang.enter(() -> assertErrno(Errno.EPROTO, () -> swap(old, next)));
        OutgoingSession other = generation.session("other");
        Other writer = Other.thread(() -> generation.preserve(other, 1, "h")).untilItWaits();
        hang.leave();
        writer.join();
        assertEquals(4, old.references());
        generation.core.agents().close(other);
        closeAll();
    }

    @Test
    void whoPreservesDoesNotWaitForASwapLongerThanTheDeadline() throws Throwable {
        generation.close();
        begin(Generation.first(SETTINGS.withPatience(Duration.ofMillis(50)), new Calls(), directory));
        Hang hang = Hang.in(generation.calls, "v1.detach");
        hang.enter(() -> swap(old, next));
        OutgoingSession other = generation.session("other");
        LiveUpdateException refusal = assertErrno(Errno.EBUSY, () -> generation.preserve(other, 1, "h"));
        assertTrue(refusal.getMessage().contains("in a swap"), refusal.getMessage());
        hang.leave();
        generation.core.agents().close(other);
        closeAll();
    }

    @Test
    void aSwapThatTakesTooLongIsGivenUpAndTheOldVersionGoesOn() throws Throwable {
        generation.get("a", Side.OUTGOING).close();
        Hang hang = Hang.in(generation.calls, "v1.detach");
        hang.enter(() -> assertErrno(Errno.ETIMEDOUT, () -> swap(old, next)));
        for (int i = 0; i < 8; i++) {
            generation.core.watchdog().tick();
        }
        hang.leave();
        assertEquals(State.PRESERVED, old.flb.outgoing.state);
        try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
            assertEquals("v1 retrieved 100", handle.get());
        }
        closeAll();
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void aSwapOfWhatWasHandedOverThatTakesTooLongIsGivenUpToo() throws Throwable {
        IncomingSession incoming = retrieved();
        Hang hang = Hang.in(generation.calls, "v2.detach");
        hang.enter(() -> assertErrno(Errno.ETIMEDOUT, () -> swap(old, next)));
        for (int i = 0; i < 8; i++) {
            generation.core.watchdog().tick();
        }
        hang.leave();
        try (FlbHandle<String> handle = generation.get("a", Side.INCOMING)) {
            assertEquals("v2 retrieved 100", handle.get());
        }
        generation.core.agents().close(incoming);
        Balance.assertNothingIsHeld(generation, old.flb);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void anothersFilesWaitForTheFlbAndGetTheNewVersion() throws Throwable {
        HandlerRuntime other = generation.handler("k");
        generation.core.registry().link(other, old.flb);
        OutgoingSession others = generation.session("others");
        Hang hang = Hang.in(generation.calls, "v1.detach");
        hang.enter(() -> generation.core.owners().swap(old.module, List.of(next.handler), List.of(next.flb)));
        OutgoingSession created = generation.session("created");
        Other writer = Other.thread(() -> generation.preserve(created, 1, "k")).untilItWaits();
        hang.leave();
        writer.join();
        assertEquals(3, next.flb.outgoing.files);
        generation.core.agents().close(others);
        generation.core.agents().close(created);
        closeAll();
    }

    @Test
    void anOwnerWithFilesItCouldNotGetBackLeavesWithTheOthers() throws LiveUpdateException {
        filesFailAfter(0);
        assertErrno(Errno.EPROTO, () -> swap(old, next));
        filesWork();
        generation.preserve(session, 3, "h");
        generation.calls.take();
        old.stop();
        assertEquals(1, generation.calls.count("h.detach"));
        new Provider(generation, "p", "v3").register();
        closeAll();
    }
}
