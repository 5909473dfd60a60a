package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.OutgoingFlb.State;

/** Owners leave behind our back: state, counts and sessions stay, and go on with whoever comes back. */
class DetachTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofMillis(500));

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
        generation.calls.take();
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private Provider comesBack(String bundle) throws LiveUpdateException {
        return new Provider(generation, bundle, "v2").register();
    }

    private void closeAll(OutgoingSession last) throws LiveUpdateException {
        assertEquals(Optional.empty(), generation.core.agents().close(last));
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void whatAnOwnerPreservedStaysWhenItLeavesAndTheNextOneGoesOn() throws LiveUpdateException {
        provider.stop();
        assertEquals(List.of("h.detach h2", "h.detach h1", "v1.detach"), generation.calls.take());
        OutgoingFlb state = generation.core.names().standing("a").outgoing;
        assertEquals(State.DETACHED, state.state);
        assertEquals(2, state.files);
        assertNull(state.object);
        assertEquals(List.of(1L, 2L), generation.core.agents().tokens(session));
        assertEquals(0, provider.references());

        Provider next = comesBack("p");
        assertEquals(List.of("h.retrieve h1", "h.retrieve h2", "v2.retrieve"), generation.calls.take());
        assertEquals(State.PRESERVED, next.flb.outgoing.state);
        assertEquals(2, next.flb.outgoing.files);
        assertEquals(3, next.references());
        closeAll(session);
        assertEquals(List.of("h.unpreserve h2", "h.unpreserve h1", "v2.unpreserve"), generation.calls.take());
    }

    @Test
    void nothingOfAnOwnerThatHasLeftIsKept() {
        provider.stop();
        assertTrue(provider.flb.isGone());
        assertTrue(provider.handler.isGone());
        for (HeldFile file : session.oldestFirst()) {
            assertNull(file.file());
            assertNull(file.identity());
            assertNull(file.object());
        }
    }

    @Test
    void whileItIsDetachedEveryUseIsEnodevAndSaysSinceWhen() throws LiveUpdateException {
        provider.stop();
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> generation.get("a", Side.OUTGOING));
        assertTrue(refusal.getMessage().contains("detached since") && refusal.getMessage().contains("p v1"),
                refusal.getMessage());
        HandlerRuntime other = generation.handler("k");
        generation.core.registry().declare(other, List.of("a"));
        assertErrno(Errno.ENODEV, () -> generation.preserve(session, 3, "k"));
        assertErrno(Errno.ENOENT, () -> generation.preserve(session, 3, "h"));
        assertErrno(Errno.ENODEV, () -> generation.core.agents().close(session));
        assertErrno(Errno.EBUSY, generation.core.handover()::freeze);
        assertEquals(List.of(1L, 2L), generation.core.agents().tokens(session));
        comesBack("p");
        closeAll(session);
    }

    @Test
    void anotherBundleIsEpermUntilTheOperatorGrantsIt() throws LiveUpdateException {
        provider.stop();
        assertErrno(Errno.EPERM, () -> comesBack("stranger"));
        Provider granted = new Provider(generation, "stranger", "v3");
        generation.core.owners().grant("p", granted.module);
        granted.register();
        closeAll(session);
    }

    @Test
    void aGrantThatIsTakenBackIsNone() throws LiveUpdateException {
        provider.stop();
        Provider stranger = new Provider(generation, "stranger", "v3");
        assertTrue(generation.core.owners().grant("p", stranger.module));
        assertFalse(generation.core.owners().grant("p", stranger.module), "it had it already");
        generation.core.owners().revoke("p", stranger.module);
        assertErrno(Errno.EPERM, () -> comesBack("stranger"));
        comesBack("p");
        closeAll(session);
    }

    @Test
    void theSameNameWithAnotherSignerIsAnotherBundle() throws LiveUpdateException {
        Module signed = provider.module.signedBy("abc");
        provider.stop();
        HandlerRuntime handler = new HandlerRuntime("h", new MockHandler("h", generation.calls), signed);
        assertErrno(Errno.EPERM, () -> generation.core.registry().register(handler));
        comesBack("p");
        closeAll(session);
    }

    @Test
    void aReturnThatFailsIsRememberedForThisAttachmentOnly() throws LiveUpdateException {
        provider.stop();
        generation.calls.fail("v2.retrieve", Errno.EPROTO);
        Provider failing = comesBack("p");
        assertEquals(State.DETACHED, failing.flb.outgoing.state);
        assertTrue(assertErrno(Errno.ENODEV, () -> generation.get("a", Side.OUTGOING)).getMessage()
                .contains("EPROTO"));
        assertEquals(2, failing.references(), "its files are attached, its FLB is not");
        failing.stop();
        comesBack("p");
        closeAll(session);
    }

    @Test
    void aFileThatCannotBeRetrievedStaysDetachedAndTheSessionOpen() throws LiveUpdateException {
        provider.stop();
        generation.calls.fail("h.retrieve", Errno.EPROTO);
        Provider failing = comesBack("p");
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> generation.core.agents().close(session));
        assertTrue(refusal.getMessage().contains("EPROTO"), refusal.getMessage());
        assertEquals(List.of(1L, 2L), generation.core.agents().tokens(session));
        failing.stop();
        comesBack("p");
        closeAll(session);
    }

    @Test
    void theLastFileCanGoWhileItsFlbIsDetached() throws LiveUpdateException {
        generation.core.owners().leave(List.of(), List.of(provider.flb));
        assertEquals(List.of("v1.detach"), generation.calls.take());
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        assertEquals(1, generation.memory().statistics().usedPages(), "its memory waits for an owner");
        FlbRuntime next = new FlbRuntime("a", new MockFlb("v2", generation.calls), provider.module);
        generation.core.registry().offer(next);
        assertEquals(List.of("h.unpreserve h2", "h.unpreserve h1", "v2.retrieve", "v2.unpreserve"),
                generation.calls.take());
        Balance.assertNothingIsHeld(generation, next);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void whatNoFileNeedsAndNobodyCanServeIsDiscarded() throws LiveUpdateException {
        generation.core.owners().leave(List.of(), List.of(provider.flb));
        assertErrno(Errno.ENODATA, () -> generation.core.agents().discard("a"));
        generation.core.agents().close(session);
        generation.core.agents().discard("a");
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void aHandleThatStaysOpenIsRevokedAtTheDeadline() throws LiveUpdateException {
        FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
        provider.stop();
        assertErrno(Errno.ENODEV, handle::get);
        handle.close();
        comesBack("p");
        try (FlbHandle<String> again = generation.get("a", Side.OUTGOING)) {
            assertEquals("v2 retrieved 100", again.get());
        }
        closeAll(session);
    }

    @Test
    void aLockThatIsNotReleasedIsBrokenAndReported() throws LiveUpdateException {
        FlbLock<String> lock = generation.lock("a", Side.OUTGOING);
        provider.stop();
        assertErrno(Errno.ENODEV, () -> lock.replace("too late"));
        lock.close();
        Event broken = generation.event(EventId.LOCK_BROKEN);
        assertTrue(broken.text().contains("its lock was taken from"), broken::text);
        comesBack("p");
        generation.lock("a", Side.OUTGOING).close();
        closeAll(session);
    }

    @Test
    void aHandleThatIsClosedInTimeIsWaitedFor() throws Throwable {
        FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
        generation.calls.on("h.detach", context -> handle.close());
        provider.stop();
        assertEquals(List.of("h.detach h2", "h.detach h1", "v1.detach"), generation.calls.take());
        comesBack("p");
        closeAll(session);
    }

    @Test
    void aDetachThatNeverReturnsIsLeftAloneAtTheDeadline() throws Throwable {
        for (String stuck : List.of("h.detach", "v1.detach")) {
            try (Generation fresh = Generation.first(SETTINGS, new Calls(), directory)) {
                Provider leaving = new Provider(fresh, "p", "v1").register();
                OutgoingSession open = fresh.session("s");
                fresh.preserve(open, 1, "h");
                Hang hang = Hang.in(fresh.calls, stuck);
                hang.enter(leaving::stop).join();
                Provider next = new Provider(fresh, "p", "v2").register();
                assertEquals(State.PRESERVED, next.flb.outgoing.state, stuck);
                fresh.core.agents().close(open);
                hang.letGo();
                Balance.assertNothingIsHeld(fresh, next.flb);
            }
        }
    }

    @Test
    void aCallbackThatOutlastsTheDeadlineIsRevokedAndItsLateResultHarmless() throws Throwable {
        Hang hang = Hang.in(generation.calls, "h.preserve");
        hang.enter(() -> generation.preserve(session, 3, "h"));
        provider.stop();
        Provider next = comesBack("p");
        hang.leave();
        assertEquals(List.of(1L, 2L, 3L), generation.core.agents().tokens(session),
                "what a late callback preserved stays");
        closeAll(session);
        assertEquals(0, next.references());
    }

    @Test
    void anOwnerThatStopsInsideItsOwnCallbackDoesNotWaitForItself() throws LiveUpdateException {
        generation.core.agents().close(session);
        OutgoingSession again = generation.session("again");
        generation.calls.once("v1.preserve", context -> provider.stop());
        assertErrno(Errno.ETIMEDOUT, () -> generation.preserve(again, 1, "h"));
        generation.core.agents().close(again);
        Provider next = comesBack("p");
        Balance.assertNothingIsHeld(generation, next.flb);
    }

    @Test
    void theIncomingSideDetachesAndIsRetrievedAgain() throws LiveUpdateException, IOException {
        Generation next = generation.kexec();
        generation = next;
        Provider first = new Provider(next, "p", "v2").register();
        IncomingSession incoming = next.incomingSession("s");
        next.core.agents().retrieve(incoming, 1);
        next.get("a", Side.INCOMING).close();
        next.calls.take();
        first.stop();
        assertEquals(List.of("h.detach h1", "v2.detach"), next.calls.take());
        assertEquals(IncomingFlb.State.DETACHED, next.entry("a").state);
        assertErrno(Errno.ENODEV, () -> next.core.agents().finish(incoming));
        assertErrno(Errno.ENODEV, () -> next.core.agents().retrieve(incoming, 1));
        assertErrno(Errno.ENODEV, () -> next.get("a", Side.INCOMING));
        Provider second = new Provider(next, "p", "v3").register();
        assertEquals(List.of("h.retrieve h1"), next.calls.take());
        next.core.agents().finish(incoming);
        assertEquals(Optional.empty(), next.core.agents().close(incoming));
        assertEquals(List.of("h.can_finish h1", "h.can_finish null", "h.finish null", "h.finish h1", "v3.retrieve",
                "v3.finish"), next.calls.take());
        Balance.assertNothingIsHeld(next, second.flb);
        assertEquals(0, next.memory().statistics().usedPages());
    }

    @Test
    void anIncomingFileThatCannotBeRetrievedAgainCannotBeFinished() throws LiveUpdateException, IOException {
        Generation next = generation.kexec();
        generation = next;
        Provider first = new Provider(next, "p", "v2").register();
        IncomingSession incoming = next.incomingSession("s");
        next.core.agents().retrieve(incoming, 1);
        first.stop();
        next.calls.fail("h.retrieve", Errno.EPROTO);
        Provider failing = new Provider(next, "p", "v3").register();
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> next.core.agents().finish(incoming));
        assertTrue(refusal.getMessage().contains("EPROTO"), refusal.getMessage());
        failing.stop();
        new Provider(next, "p", "v4").register();
        next.core.agents().finish(incoming);
        next.core.agents().close(incoming);
    }

    @Test
    void anIncomingFileOfAnotherOwnerIsNotHandedToWhoeverRegisters() throws LiveUpdateException, IOException {
        Generation next = generation.kexec();
        generation = next;
        assertErrno(Errno.EPERM, () -> new Provider(next, "stranger", "v2").register());
        IncomingSession incoming = next.incomingSession("s");
        assertErrno(Errno.ENODEV, () -> next.core.agents().retrieve(incoming, 1));
        new Provider(next, "p", "v3").register();
        next.core.agents().finish(incoming);
        next.core.agents().close(incoming);
    }

    @Test
    void anOrderlyStopTakesWhatIsDetachedAlong() throws LiveUpdateException, IOException {
        provider.stop();
        Generation next = generation.later();
        generation = next;
        Provider back = new Provider(next, "p", "v2").register();
        IncomingSession incoming = next.incomingSession("s");
        assertEquals("h1", next.core.agents().retrieve(incoming, 1).toString());
        next.core.agents().finish(incoming);
        next.core.agents().close(incoming);
        Balance.assertNothingIsHeld(next, back.flb);
    }

    @Test
    void anOwnerThatLeavesWhileEverythingIsFrozenIsLetGoAtOnce() throws LiveUpdateException {
        generation.core.handover().freeze();
        generation.calls.take();
        provider.stop();
        assertEquals(List.of(), generation.calls.take());
        generation.core.handover().unfreeze();
        comesBack("p");
        closeAll(session);
    }
}
