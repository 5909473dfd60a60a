package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.luo.OutgoingFlb.State;

/** Whoever comes for what another one left may be the wrong one, fail, or leave again in the middle of it. */
class AttachTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofMillis(150));

    @TempDir
    private Path directory;
    private Generation generation;
    private Provider provider;
    private OutgoingSession session;

    @BeforeEach
    void preserveTwoFiles() throws IOException, LiveUpdateException {
        generation = Generation.first(SETTINGS, new Calls(), directory);
        provider = new Provider(generation, "p", "v1").register();
        session = generation.session("s");
        generation.preserve(session, 1, "h");
        generation.preserve(session, 2, "h");
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private Provider unregistered(String bundle) {
        return new Provider(generation, bundle, "next");
    }

    private void closeAllWithTheOwner() throws LiveUpdateException {
        new Provider(generation, "p", "last").register();
        assertEquals(Optional.empty(), generation.core.close(session));
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    /** The next generation, in which everything that was preserved is retrieved and its owner has left. */
    private IncomingSession retrievedAndLeft() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.retrieve(incoming, 1);
        generation.core.retrieve(incoming, 2);
        generation.get("a", Side.INCOMING).close();
        first.stop();
        return incoming;
    }

    private void finishWithTheOwner(IncomingSession incoming) throws LiveUpdateException {
        new Provider(generation, "p", "last").register();
        assertEquals(Optional.empty(), generation.core.close(incoming));
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void aHandlerThatLeavesWhileItRetrievesHasRetrievedNothing() throws LiveUpdateException {
        provider.stop();
        Provider next = unregistered("p");
        generation.calls.once("h.retrieve", context -> next.stop());
        generation.core.registry().register(next.handler);
        assertTrue(session.newest().isDetached());
        assertEquals(0, next.references());
        assertErrno(Errno.ENODEV, () -> generation.core.close(session));
        closeAllWithTheOwner();
    }

    @Test
    void aHandlerThatLeavesWhileItRetrievesWhatWasHandedOverHasRetrievedNothing()
            throws LiveUpdateException, IOException {
        IncomingSession incoming = retrievedAndLeft();
        Provider next = unregistered("p");
        generation.calls.once("h.retrieve", context -> next.stop());
        generation.core.registry().register(next.handler);
        assertEquals(0, next.references());
        assertErrno(Errno.ENODEV, () -> generation.core.retrieve(incoming, 1));
        finishWithTheOwner(incoming);
    }

    @Test
    void aFileThatWasHandedOverAndCannotBeRetrievedAgainIsNotFinished() throws LiveUpdateException, IOException {
        IncomingSession incoming = retrievedAndLeft();
        generation.calls.fail("h.retrieve", Errno.EPROTO);
        Provider failing = unregistered("p").register();
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> generation.core.finish(incoming));
        assertTrue(refusal.getMessage().contains("EPROTO"), refusal.getMessage());
        failing.stop();
        finishWithTheOwner(incoming);
    }

    @Test
    void anOwnerThatStopsWhileItsFilesAreUnpreservedKeepsTheOthersDetached() throws LiveUpdateException {
        generation.calls.once("h.unpreserve", context -> provider.stop());
        assertErrno(Errno.ENODEV, () -> generation.core.close(session));
        assertEquals(List.of(1L), generation.core.tokens(session));
        closeAllWithTheOwner();
    }

    @Test
    void anOwnerThatStopsWhileItsFilesAreFinishedKeepsTheOthersDetached() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.retrieve(incoming, 2);
        generation.calls.once("h.finish", context -> first.stop());
        assertErrno(Errno.ENODEV, () -> generation.core.finish(incoming));
        assertEquals(1, incoming.size());
        finishWithTheOwner(incoming);
    }

    @Test
    void anOwnerThatIsReplacedWhileASessionIsCheckedFinishesNothing() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.retrieve(incoming, 1);
        generation.core.retrieve(incoming, 2);
        Provider next = unregistered("p");
        generation.calls.once("h.can_finish", context -> {
            first.stop();
            next.register();
        });
        assertErrno(Errno.ENODEV, () -> generation.core.finish(incoming));
        assertEquals(2, incoming.size());
        assertEquals(Optional.empty(), generation.core.close(incoming));
        Balance.assertNothingIsHeld(generation, next.flb);
    }

    @Test
    void aLateFileIsNotHandedToAStranger() throws Throwable {
        generation.core.close(session);
        session = generation.session("late");
        Hang hang = Hang.in(generation.calls, "h.preserve");
        hang.enter(() -> generation.preserve(session, 3, "h"));
        provider.stop();
        HandlerRuntime stranger = new HandlerRuntime("h", new MockHandler("h", generation.calls),
                generation.module("stranger"));
        generation.core.registry().register(stranger);
        hang.leave();
        assertErrno(Errno.ENODEV, () -> generation.core.close(session));
        generation.core.leave(List.of(stranger), List.of());
        closeAllWithTheOwner();
    }

    @Test
    void whoeverIsGoingTakesNothingOver() throws LiveUpdateException {
        provider.stop();
        Provider next = unregistered("p");
        generation.calls.fail("next.retrieve", Errno.EPROTO);
        generation.core.registry().offer(next.flb);
        generation.core.moduleState(next.module, Module.State.GOING);
        generation.calls.take();
        assertErrno(Errno.EAGAIN, () -> generation.core.registry().register(next.handler));
        generation.core.registry().offer(next.flb);
        assertEquals(List.of(), generation.calls.take());
        assertEquals(State.DETACHED, next.flb.outgoing.state);
        next.stop();
        closeAllWithTheOwner();
    }

    @Test
    void whoWaitsForAnFlbWhoseOwnerLeavesIsRefused() throws Throwable {
        generation.core.close(session);
        session = generation.session("first");
        OutgoingSession second = generation.session("second");
        Hang hang = Hang.in(generation.calls, "v1.preserve");
        Other refused = Other.thread(() -> {
            hang.enter(() -> assertErrno(Errno.ETIMEDOUT, () -> generation.preserve(session, 1, "h")));
        });
        refused.join();
        Other waiting = Other.thread(
                () -> assertErrno(Errno.ENODEV, () -> generation.preserve(second, 1, "h"))).untilItWaits();
        generation.core.leave(List.of(), List.of(provider.flb));
        waiting.join();
        hang.leave();
        generation.core.close(second);
        generation.core.leave(List.of(provider.handler), List.of());
        closeAllWithTheOwner();
    }

    @Test
    void anInterruptDoesNotCutDetachingShort() throws LiveUpdateException {
        Thread.currentThread().interrupt();
        provider.stop();
        assertTrue(Thread.interrupted());
        assertEquals(State.DETACHED, generation.core.registry().standing("a").outgoing.state);
        closeAllWithTheOwner();
    }

    @Test
    void aStrangerServesNothingThatWasHandedOver() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        FlbRuntime stranger = generation.flb("a", "stranger");
        HandlerRuntime other = generation.handler("k", stranger);
        assertErrno(Errno.EPERM, () -> generation.get("a", Side.INCOMING));
        HandlerRuntime owner = new HandlerRuntime("h", new MockHandler("h", generation.calls), provider.module);
        Module back = Module.of("p", "back", 7, Module.State.LIVE);
        generation.modules.put("back", back);
        HandlerRuntime handler = new HandlerRuntime("h", new MockHandler("h", generation.calls), back);
        assertEquals(owner.compatible(), handler.compatible());
        generation.core.registry().register(handler);
        IncomingSession incoming = generation.incomingSession("s");
        assertEquals(Optional.empty(), generation.core.close(incoming));
        assertEquals(IncomingFlb.State.PENDING, generation.entry("a").state);
        assertNull(generation.entry("a").owner);
        generation.core.registry().unlink(other, stranger);
        FlbRuntime rightful = new FlbRuntime("a", new MockFlb("a", generation.calls), back);
        generation.core.registry().link(handler, rightful);
        Balance.assertNothingIsHeld(generation, rightful);
    }

    @Test
    void anFlbThatOnlyStandsForWhatItLeftGivesOutNothing() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider second = new Provider(generation, "p", "v2").register();
        session = generation.session("outgoing");
        generation.preserve(session, 7, "h");
        second.stop();
        assertEquals(IncomingFlb.State.PENDING, generation.entry("a").state);
        assertErrno(Errno.ENODEV, () -> generation.get("a", Side.INCOMING));
        new Provider(generation, "p", "v3").register();
        try (FlbHandle<String> handle = generation.get("a", Side.INCOMING)) {
            assertEquals("v3 retrieved 100", handle.get());
        }
    }

    @Test
    void whatIsDetachedAndStillNeededIsNotDiscarded() throws LiveUpdateException, IOException {
        IncomingSession incoming = retrievedAndLeft();
        assertErrno(Errno.EBUSY, () -> generation.core.discard("a"));
        finishWithTheOwner(incoming);
    }
}
