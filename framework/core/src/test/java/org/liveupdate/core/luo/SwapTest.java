package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.luo.OutgoingFlb.State;

/** One version of a provider takes the place of another while files and FLBs are preserved. */
class SwapTest {
    @TempDir
    private Path directory;
    private Generation generation;
    private Provider old;
    private Provider next;
    private OutgoingSession session;

    @BeforeEach
    void preserveTwoFiles() throws IOException, LiveUpdateException {
        generation = Generation.first(Settings.DEFAULT.withDetachPatience(Duration.ofMillis(100)), new Calls(),
                directory);
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

    private void swap() throws LiveUpdateException {
        swap(old, next);
    }

    private void swap(Provider from, Provider to) throws LiveUpdateException {
        generation.core.owners().swap(from.module, List.of(to.handler), List.of(to.flb));
    }

    private void assertOldIsInCharge() throws LiveUpdateException {
        assertEquals(3, old.references());
        assertEquals(0, next.references());
        assertEquals(List.of(old.handler), generation.core.registry().handlers());
        try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
            assertTrue(handle.get().startsWith("v1"), handle.get());
        }
        generation.calls.take();
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        assertEquals(List.of("h.unpreserve h2", "h.unpreserve h1", "v1.unpreserve"), generation.calls.take());
        Balance.assertNothingIsHeld(generation, old.flb, next.flb);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void everythingGoesOnWithTheNewVersion() throws LiveUpdateException {
        swap();
        assertEquals(List.of("h.detach h2", "h.detach h1", "v1.detach", "v2.retrieve", "h.retrieve h1",
                "h.retrieve h2"), generation.calls.take());
        assertEquals(0, old.references());
        assertEquals(3, next.references());
        assertTrue(old.flb.isGone() && old.handler.isGone());
        assertEquals(List.of(next.handler), generation.core.registry().handlers());
        assertEquals(List.of(next.flb), List.of(next.handler.links()));
        try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
            assertEquals("v2 retrieved 100", handle.get());
        }
        generation.preserve(session, 3, "h");
        generation.calls.take();
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        assertEquals(List.of("h.unpreserve h3", "h.unpreserve h2", "h.unpreserve h1", "v2.unpreserve"),
                generation.calls.take());
        Balance.assertNothingIsHeld(generation, next.flb);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void goingBackIsTheSameOperation() throws LiveUpdateException {
        swap();
        Provider again = new Provider(generation, "p", "v3");
        swap(next, again);
        assertEquals(State.PRESERVED, again.flb.outgoing.state);
        generation.core.agents().close(session);
        Balance.assertNothingIsHeld(generation, again.flb);
    }

    @Test
    void anFlbWhoseNewVersionFailsStaysWithTheOldOne() throws LiveUpdateException {
        generation.calls.fail("v2.retrieve", Errno.EPROTO);
        assertErrno(Errno.EPROTO, this::swap);
        assertOldIsInCharge();
    }

    @Test
    void aFileWhoseNewVersionFailsStaysWithTheOldOneAndSoDoesEverythingElse() throws LiveUpdateException {
        AtomicBoolean first = new AtomicBoolean(true);
        generation.calls.on("h.retrieve", context -> {
            if (first.getAndSet(false)) {
                throw new LiveUpdateException(Errno.EPROTO, "the test wants it");
            }
        });
        assertErrno(Errno.EPROTO, this::swap);
        assertOldIsInCharge();
    }

    @Test
    void whatCanNeitherGoOnNorBackStaysDetachedAndIsReported() throws LiveUpdateException {
        generation.calls.fail("v2.retrieve", Errno.EPROTO);
        generation.calls.fail("v1.retrieve", Errno.EIO);
        assertErrno(Errno.EPROTO, this::swap);
        assertEquals(State.DETACHED, old.flb.outgoing.state);
        assertTrue(assertErrno(Errno.ENODEV, () -> generation.get("a", Side.OUTGOING)).getMessage().contains("EIO"));
        generation.core.outgoing().attach(old.flb);
        assertOldIsInCharge();
    }

    @Test
    void whatTheOldVersionCouldNotAttachIsTheNewOnes() throws LiveUpdateException {
        generation.calls.fail("v2.retrieve", Errno.EPROTO);
        generation.calls.fail("v1.retrieve", Errno.EIO);
        assertErrno(Errno.EPROTO, this::swap);
        swap(old, new Provider(generation, "p", "v3"));
        try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
            assertEquals("v3 retrieved 100", handle.get());
        }
        generation.core.agents().close(session);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    @Test
    void theNewVersionHasToOfferWhatIsInUse() throws LiveUpdateException {
        assertEquals(List.of("handler h", "FLB a"), generation.core.owners().inUse(old.module));
        LiveUpdateException refusal = assertErrno(Errno.EINVAL,
                () -> generation.core.owners().swap(old.module, List.of(), List.of(next.flb)));
        assertTrue(refusal.getMessage().contains("handler h"), refusal.getMessage());
        refusal = assertErrno(Errno.EINVAL,
                () -> generation.core.owners().swap(old.module, List.of(next.handler), List.of()));
        assertTrue(refusal.getMessage().contains("FLB a"), refusal.getMessage());
        assertEquals(List.of(), generation.calls.take());
        assertOldIsInCharge();
    }

    @Test
    void aHandleThatStaysOpenRefusesTheSwap() throws LiveUpdateException {
        try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
            LiveUpdateException refusal = assertErrno(Errno.EBUSY, this::swap);
            assertTrue(refusal.getMessage().contains("a by test 1.0"), refusal.getMessage());
            assertEquals("v1 preserved 1", handle.get());
        }
        assertEquals(List.of(), generation.calls.take());
        assertOldIsInCharge();
    }

    @Test
    void anOpenFileRefusesTheSwap() throws LiveUpdateException {
        try (FileHandle<MockFile> file =
                generation.core.agents().open(session, 1, MockFile.class, generation.module("test"))) {
            LiveUpdateException refusal = assertErrno(Errno.EBUSY, this::swap);
            assertTrue(refusal.getMessage().contains("handle of test 1.0 on file 1"), refusal.getMessage());
            assertEquals("h1", file.get().toString());
        }
        swap();
        try (FileHandle<MockFile> file =
                generation.core.agents().open(session, 1, MockFile.class, generation.module("test"))) {
            assertEquals("h1", file.get().toString());
        }
    }

    @Test
    void aFileHandleIsRevokedWhenItsOwnerLeavesAllTheSame() throws LiveUpdateException {
        FileHandle<MockFile> file =
                generation.core.agents().open(session, 1, MockFile.class, generation.module("test"));
        old.stop();
        assertErrno(Errno.ENODEV, file::get);
        file.close();
        assertErrno(Errno.EBADF, file::get);
        next.register();
        try (FileHandle<MockFile> again =
                generation.core.agents().open(session, 1, MockFile.class, generation.module("test"))) {
            assertEquals("h1", again.get().toString());
        }
    }

    @Test
    void whoWantsTheStateMeanwhileWaitsAndGetsItFromTheNewVersion() throws Throwable {
        Hang hang = Hang.in(generation.calls, "v2.retrieve");
        hang.enter(this::swap);
        Other reader = Other.thread(() -> {
            try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
                assertEquals("v2 retrieved 100", handle.get());
            }
        }).untilItWaits();
        OutgoingSession other = generation.session("other");
        Other writer = Other.thread(() -> generation.preserve(other, 1, "h")).untilItWaits();
        hang.leave();
        reader.join();
        writer.join();
        assertEquals(4, next.references());
    }

    @Test
    void aLiveIncomingSideIsReplacedToo() throws LiveUpdateException, IOException {
        Generation second = generation.kexec();
        generation = second;
        Provider v2 = new Provider(second, "p", "v2").register();
        IncomingSession incoming = second.incomingSession("s");
        second.core.agents().retrieve(incoming, 1);
        second.get("a", Side.INCOMING).close();
        second.calls.take();
        Provider v3 = new Provider(second, "p", "v3");
        swap(v2, v3);
        assertEquals(List.of("h.detach h1", "v2.detach", "v3.retrieve", "h.retrieve h1"), second.calls.take());
        assertEquals("h1", second.core.agents().retrieve(incoming, 1).toString());
        assertEquals(List.of(), second.calls.take());
        second.core.agents().finish(incoming);
        second.core.agents().close(incoming);
        assertEquals(List.of("h.can_finish h1", "h.can_finish null", "h.finish null", "h.finish h1", "v3.finish"),
                second.calls.take());
        Balance.assertNothingIsHeld(second, v3.flb);
    }

    @Test
    void aSwapThatFailsLeavesTheIncomingSideAsItWas() throws LiveUpdateException, IOException {
        Generation second = generation.kexec();
        generation = second;
        Provider v2 = new Provider(second, "p", "v2").register();
        IncomingSession incoming = second.incomingSession("s");
        second.core.agents().retrieve(incoming, 1);
        second.get("a", Side.INCOMING).close();
        second.calls.fail("v3.retrieve", Errno.EPROTO);
        assertErrno(Errno.EPROTO, () -> swap(v2, new Provider(second, "p", "v3")));
        assertEquals(IncomingFlb.State.LIVE, second.entry("a").state);
        assertEquals("h1", second.core.agents().retrieve(incoming, 1).toString());
        second.core.agents().finish(incoming);
        second.core.agents().close(incoming);
        Balance.assertNothingIsHeld(second, v2.flb);
    }

    @Test
    void aSwapInsideACallbackOfTheOwnerIsADeadlockAndRefused() throws LiveUpdateException {
        generation.calls.once("v1.freeze", context -> assertErrno(Errno.EDEADLK, this::swap));
        generation.core.handover().freeze();
        generation.core.handover().unfreeze();
        assertErrno(Errno.EBUSY, () -> {
            generation.core.handover().freeze();
            swap();
        });
        generation.core.handover().unfreeze();
        assertOldIsInCharge();
    }

    @Test
    void aProviderThatIsNotInUseIsReplacedWithoutACall() throws LiveUpdateException {
        generation.core.agents().close(session);
        generation.calls.take();
        assertEquals(List.of(), generation.core.owners().inUse(old.module));
        swap();
        assertEquals(List.of(), generation.calls.take());
        assertEquals(List.of(next.handler), generation.core.registry().handlers());
        assertFalse(next.flb.isGone());
    }

    @Test
    void anIdleModuleIsUnloadedAndAUsedOneSaysWhoHoldsIt() throws LiveUpdateException {
        LiveUpdateException refusal = assertErrno(Errno.EWOULDBLOCK,
                () -> generation.core.owners().beginUnload(old.module));
        for (String holder : List.of("3 references", "flb a (outgoing, 2 files)",
                "2 files [1, 2] of outgoing session \"s\"")) {
            assertTrue(refusal.getMessage().contains(holder), refusal.getMessage());
        }
        assertEquals(Module.State.LIVE, old.module.state());
        generation.core.agents().close(session);
        generation.core.owners().beginUnload(old.module);
        OutgoingSession late = generation.session("late");
        assertErrno(Errno.ENOENT, () -> generation.preserve(late, 1, "h"));
    }
}
