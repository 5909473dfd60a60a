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

/** The same of what was handed over: whoever comes may be the wrong one, fail, or leave again in the middle of it. */
class AttachIncomingTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofSeconds(1));

    @TempDir
    private Path directory;
    private Generation generation;
    private OutgoingSession session;

    @BeforeEach
    void preserveTwoFiles() throws IOException, LiveUpdateException {
        generation = Generation.first(SETTINGS, new Calls(), directory);
        new Provider(generation, "p", "v1").register();
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

    /** The next generation, in which everything that was preserved is retrieved and its owner has left. */
    private IncomingSession retrievedAndLeft() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().retrieve(incoming, 1);
        generation.core.agents().retrieve(incoming, 2);
        generation.get("a", Side.INCOMING).close();
        first.stop();
        return incoming;
    }

    private void finishWithTheOwner(IncomingSession incoming) throws LiveUpdateException {
        new Provider(generation, "p", "last").register();
        assertEquals(Optional.empty(), generation.core.agents().close(incoming));
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void onceStateIsAnybodysABundleThatWasRefusedTakesItOver() throws Exception {
        generation = generation.kexec();
        Provider other = new Provider(generation, "q", "v1");
        assertErrno(Errno.EPERM, other::register);
        generation.core.configure(SETTINGS.withOwnership(Ownership.ANY));
        other.register();
        IncomingSession incoming = generation.incomingSession("s");
        assertEquals(Optional.empty(), generation.core.agents().close(incoming));
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void aHandlerThatMissedItsFlbRetrievesWhatWasHandedOverWhenTheFlbComes() throws LiveUpdateException, IOException {
        IncomingSession incoming = retrievedAndLeft();
        Provider next = unregistered("p");
        generation.calls.on("h.retrieve", context -> context.getIncoming(MockFlb.key("a")).close());
        generation.core.registry().register(next.handler);
        assertErrno(Errno.ENODEV, () -> generation.core.agents().retrieve(incoming, 1));
        generation.core.registry().link(next.handler, next.flb);
        generation.core.agents().retrieve(incoming, 1);
        assertEquals(Optional.empty(), generation.core.agents().close(incoming));
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void aHandlerThatLeavesWhileItRetrievesWhatWasHandedOverHasRetrievedNothing()
            throws LiveUpdateException, IOException {
        IncomingSession incoming = retrievedAndLeft();
        Provider next = unregistered("p");
        generation.calls.once("h.retrieve", context -> next.stop());
        generation.core.registry().register(next.handler);
        assertEquals(0, next.references());
        assertErrno(Errno.ENODEV, () -> generation.core.agents().retrieve(incoming, 1));
        finishWithTheOwner(incoming);
    }

    @Test
    void aFileThatWasHandedOverAndCannotBeRetrievedAgainIsNotFinished() throws LiveUpdateException, IOException {
        IncomingSession incoming = retrievedAndLeft();
        generation.calls.fail("h.retrieve", Errno.EPROTO);
        Provider failing = unregistered("p").register();
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> generation.core.agents().finish(incoming));
        assertTrue(refusal.getMessage().contains("EPROTO"), refusal.getMessage());
        failing.stop();
        finishWithTheOwner(incoming);
    }

    @Test
    void anOwnerThatStopsWhileItsFilesAreFinishedKeepsTheOthersDetached() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().retrieve(incoming, 2);
        generation.calls.once("h.finish", context -> first.stop());
        assertErrno(Errno.ENODEV, () -> generation.core.agents().finish(incoming));
        assertEquals(1, incoming.size());
        finishWithTheOwner(incoming);
    }

    @Test
    void anOwnerThatIsReplacedWhileASessionIsCheckedFinishesNothing() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().retrieve(incoming, 1);
        generation.core.agents().retrieve(incoming, 2);
        Provider next = unregistered("p");
        generation.calls.once("h.can_finish", context -> {
            first.stop();
            next.register();
        });
        assertErrno(Errno.ENODEV, () -> generation.core.agents().finish(incoming));
        assertEquals(2, incoming.size());
        assertEquals(Optional.empty(), generation.core.agents().close(incoming));
        Balance.assertNothingIsHeld(generation, next.flb);
    }

    @Test
    void aStrangerServesNothingThatWasHandedOver() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        FlbRuntime stranger = generation.flb("a", "stranger");
        HandlerRuntime other = generation.handler("k", stranger);
        assertErrno(Errno.EPERM, () -> generation.get("a", Side.INCOMING));
        Module back = Module.of("p", "back", 7, Module.State.LIVE);
        generation.modules.put("back", back);
        HandlerRuntime handler = new HandlerRuntime("h", new MockHandler("h", generation.calls), back);
        generation.core.registry().register(handler);
        IncomingSession incoming = generation.incomingSession("s");
        assertEquals(Optional.empty(), generation.core.agents().close(incoming));
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
        assertErrno(Errno.EBUSY, () -> generation.core.agents().discard("a"));
        finishWithTheOwner(incoming);
    }

    @Test
    void aHandlerThatLeavesWhileItTakesHoldOfWhatWasHandedOverHasRetrievedNothing()
            throws LiveUpdateException, IOException {
        IncomingSession incoming = retrievedAndLeft();
        Provider next = unregistered("p");
        generation.calls.once("h.hold", context -> next.stop());
        generation.core.registry().register(next.handler);
        assertEquals(0, next.references());
        finishWithTheOwner(incoming);
    }

    @Test
    void whatAStrangerOffersIsNotRetrievedWithEvenIfNobodyElseHasTheName() throws LiveUpdateException, IOException {
        IncomingSession incoming = retrievedAndLeft();
        FlbRuntime stranger = generation.flb("a", "stranger");
        HandlerRuntime other = generation.handler("k", stranger);
        assertEquals(IncomingFlb.State.DETACHED, generation.entry("a").state);
        generation.core.owners().leave(List.of(other), List.of(stranger));
        finishWithTheOwner(incoming);
    }

    @Test
    void anFlbWhoseBothSidesAreDetachedGivesOutNothing() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider second = new Provider(generation, "p", "v2").register();
        generation.preserve(generation.session("outgoing"), 7, "h");
        FlbHandle<String> open = generation.get("a", Side.INCOMING);
        second.stop();
        assertErrno(Errno.ENODEV, open::get);
        open.close();
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> generation.get("a", Side.INCOMING));
        assertTrue(refusal.getMessage().contains("detached since"), refusal.getMessage());
    }

    @Test
    void filesThatStillWaitForTheirHandlerAreLeftAlone() throws LiveUpdateException, IOException {
        generation.handler("k");
        generation.preserve(session, 3, "k");
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().retrieve(incoming, 1);
        first.stop();
        generation.handler("k");
        finishWithTheOwner(incoming);
    }
}
