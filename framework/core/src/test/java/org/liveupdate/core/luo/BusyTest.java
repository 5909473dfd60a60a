package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * While a callback runs in one thread, others that need its outcome wait, at most for the callback deadline; nobody else
 * is held up. The watchdog is off here: nothing is given up.
 */
class BusyTest {
    private final Generation generation = Generation.first(Generation.SETTINGS.withPatience(Duration.ofMillis(30)));
    private final Orchestrator core = generation.core;
    private final FlbRuntime a = generation.flb("a");
    private OutgoingSession slow;
    private OutgoingSession other;

    @BeforeEach
    void register() throws LiveUpdateException {
        generation.handler("h", a);
        generation.handler("k", a);
        generation.handler("free");
        slow = generation.session("slow");
        other = generation.session("other");
    }

    @AfterEach
    void nothingIsLeftWhenTheSessionsAreClosed() throws LiveUpdateException {
        core.agents().close(slow);
        core.agents().close(other);
        Balance.assertNothingIsHeld(generation, a);
    }

    private Hang preserveThatHangsIn(String call) throws InterruptedException {
        return Hang.in(generation.calls, call).enter(() -> generation.preserve(slow, 1, "h"));
    }

    @Test
    void aFurtherFileWaitsForPreserveAndGivesUpAtTheDeadline() throws Throwable {
        Hang preserving = preserveThatHangsIn("a.preserve");
        LiveUpdateException refusal = assertErrno(Errno.EBUSY, () -> generation.preserve(other, 2, "k"));
        assertTrue(refusal.getMessage().contains("preserve") && refusal.getMessage().contains("thread \"other\""),
                refusal::getMessage);
        assertEquals(List.of(), core.agents().tokens(other));
        preserving.leave();
        generation.preserve(other, 2, "k");
        assertEquals(2, a.outgoing.files);
    }

    @Test
    void aHandleIsNotGivenOutWhilePreserveRuns() throws Throwable {
        Hang preserving = preserveThatHangsIn("a.preserve");
        assertErrno(Errno.EBUSY, () -> generation.get("a", Side.OUTGOING));
        preserving.leave();
        generation.get("a", Side.OUTGOING).close();
    }

    @Test
    void filesThatDoNotNeedTheBusyFlbAreNotHeldUp() throws Throwable {
        Hang preserving = preserveThatHangsIn("a.preserve");
        generation.preserve(other, 3, "free");
        generation.handler("registered meanwhile");
        assertEquals(List.of(3L), core.agents().tokens(other));
        preserving.leave();
    }

    @Test
    void theSessionThatIsBeingChangedIsBusyForOthers() throws Throwable {
        Hang preserving = preserveThatHangsIn("h.preserve");
        assertErrno(Errno.EBUSY, () -> generation.preserve(slow, 2, "free"));
        assertErrno(Errno.EBUSY, () -> core.agents().close(slow));
        assertErrno(Errno.EBUSY, core.handover()::freeze);
        generation.preserve(other, 2, "free");
        preserving.leave();
        assertEquals(List.of(1L), core.agents().tokens(slow));
    }

    @Test
    void afterARefusedFreezeEverySessionCanBeChangedAgain() throws Throwable {
        generation.preserve(other, 2, "free");
        Hang preserving = preserveThatHangsIn("h.preserve");
        assertErrno(Errno.EBUSY, core.handover()::freeze);
        generation.preserve(other, 3, "free");
        preserving.leave();
        core.handover().freeze();
        core.handover().unfreeze();
    }

    @Test
    void aFreezeThatAnFlbHoldsUpIsRefusedAndUndone() throws Throwable {
        generation.preserve(other, 2, "k");
        Hang preserving = Hang.in(generation.calls, "b.preserve");
        core.registry().link(core.registry().handler("free"), generation.flb("b"));
        preserving.enter(() -> generation.preserve(slow, 1, "free"));
        generation.calls.take();
        assertErrno(Errno.EBUSY, core.handover()::freeze);
        assertEquals(List.of(), generation.calls.take(), "the session was busy before anything was frozen");
        preserving.leave();
    }

    @Test
    void aSessionThatIsClosedWhileAnotherThreadWantsItIsGone() throws Throwable {
        try (Generation patient = Generation.first()) {
            patient.handler("h");
            OutgoingSession session = patient.session("s");
            patient.preserve(session, 1, "h");
            Hang closing = Hang.in(patient.calls, "h.unpreserve").enter(() -> patient.core.agents().close(session));
            Other late = Other.thread(() -> assertErrno(Errno.EBADF, () -> patient.preserve(session, 2, "h")))
                    .untilItWaits();
            closing.leave();
            late.join();
            Balance.assertNothingIsHeld(patient);
        }
    }

    @Test
    void anInterruptDoesNotEndTheWaitAndIsNotLost() throws Throwable {
        Hang preserving = preserveThatHangsIn("a.preserve");
        Thread.currentThread().interrupt();
        assertErrno(Errno.EBUSY, () -> generation.preserve(other, 2, "k"));
        assertTrue(Thread.interrupted());
        preserving.leave();
    }
}
