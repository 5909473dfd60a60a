package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.EventId;

/**
 * Callbacks that take longer than they may are reported at half time and given up at the deadline. Time passes here when
 * the test says so, in eighths of the deadline.
 */
class WatchdogTest {
    @TempDir
    Path directory;
    private Generation generation;
    private Calls calls;

    @BeforeEach
    void start() throws Exception {
        generation = Generation.first(Generation.SETTINGS.withPatience(Duration.ofMillis(30)), new Calls(), directory);
        calls = generation.calls;
        register();
    }

    private void register() throws LiveUpdateException {
        generation.handler("h", generation.flb("a"), generation.flb("b"));
    }

    private void eighths(int count) {
        for (int i = 0; i < count; i++) {
            generation.core.watchdog().tick();
        }
    }

    private FlbRuntime a() {
        return generation.core.registry().handler("h").links()[0];
    }

    private void handOver() throws Exception {
        generation.preserve(generation.session("s"), 1, "h");
        generation = generation.kexec();
        register();
        calls.take();
    }

    @Test
    void aSlowCallbackIsReportedOnceAtHalfTimeWithItsStack() throws Throwable {
        OutgoingSession session = generation.session("s");
        Hang preserving = Hang.in(calls, "b.preserve").enter(() -> generation.preserve(session, 1, "h"));
        eighths(3);
        assertEquals(List.of(), generation.warnings);
        eighths(3);
        List<String> reports = generation.warnings.stream().filter(text -> text.startsWith("FLB b of b")).toList();
        assertEquals(1, reports.size(), generation.warnings::toString);
        assertTrue(reports.get(0).contains("preserve has been running for half the callback deadline")
                && reports.get(0).contains("Hang"), reports.get(0));
        preserving.leave();
        assertEquals(List.of(1L), generation.core.agents().tokens(session));
    }

    @Test
    void aSlowFileCallbackIsReportedAsAChangeOfItsSession() throws Throwable {
        OutgoingSession session = generation.session("s");
        Hang preserving = Hang.in(calls, "h.preserve").enter(() -> generation.preserve(session, 1, "h"));
        eighths(20);
        assertEquals(1, generation.warnings.size(), generation.warnings::toString);
        assertTrue(generation.warnings.get(0).contains("outgoing session \"s\""), generation.warnings::toString);
        preserving.leave();
        assertEquals(List.of(1L), generation.core.agents().tokens(session));
    }

    @Test
    void aPreserveThatIsGivenUpFailsAndItsLateResultIsDiscarded() throws Throwable {
        OutgoingSession session = generation.session("s");
        OutgoingSession other = generation.session("other");
        Hang preserving = Hang.in(calls, "b.preserve").enter(
                () -> assertErrno(Errno.ETIMEDOUT, () -> generation.preserve(session, 1, "h")));
        eighths(8);
        generation.preserve(other, 2, "h");
        preserving.leave();
        assertEquals("ETIMEDOUT", generation.event(EventId.CALLBACK_GIVEN_UP).result());
        assertEquals(List.of(), generation.core.agents().tokens(session));
        assertEquals(List.of(1L, 1L),
                List.of(a().outgoing.files, generation.core.registry().handler("h").links()[1].outgoing.files));
        generation.core.agents().close(session);
        generation.core.agents().close(other);
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void aRetrieveThatIsGivenUpHasFailedForThisOwner() throws Throwable {
        handOver();
        Hang retrieving = Hang.in(calls, "a.retrieve")
                .enter(() -> assertErrno(Errno.ETIMEDOUT, () -> generation.get("a", Side.INCOMING)));
        eighths(8);
        assertErrno(Errno.ETIMEDOUT, () -> generation.get("a", Side.INCOMING));
        retrieving.leave();
        assertErrno(Errno.ETIMEDOUT, () -> generation.get("a", Side.INCOMING));
        assertEquals(1, calls.count("a.retrieve"));
        generation.core.agents().close(generation.incomingSession("s"));
        generation.core.agents().discard("a");
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void anotherOwnerRetrievesWhatWasGivenUp() throws Throwable {
        handOver();
        FlbRuntime slow = a();
        Hang retrieving = Hang.in(calls, "a.retrieve")
                .enter(() -> assertErrno(Errno.ETIMEDOUT, () -> generation.get("a", Side.INCOMING)));
        eighths(8);
        HandlerRuntime handler = generation.core.registry().handler("h");
        generation.core.registry().unlink(handler, slow);
        generation.core.registry().link(handler, generation.flb("a", "another"));
        generation.get("a", Side.INCOMING).close();
        retrieving.leave();
        generation.core.agents().close(generation.incomingSession("s"));
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void anUnpreserveThatIsGivenUpIsOver() throws Throwable {
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        Hang unpreserving = Hang.in(calls, "b.unpreserve").enter(() -> generation.core.agents().close(session));
        eighths(8);
        OutgoingSession again = generation.session("again");
        generation.preserve(again, 1, "h");
        unpreserving.leave();
        generation.core.agents().close(again);
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().preservedPages());
    }

    @Test
    void aFinishThatIsGivenUpIsOver() throws Throwable {
        handOver();
        IncomingSession session = generation.incomingSession("s");
        Hang finishing = Hang.in(calls, "b.finish").enter(() -> generation.core.agents().close(session));
        eighths(8);
        assertErrno(Errno.ENODATA, () -> generation.get("b", Side.INCOMING));
        assertEquals(0, generation.references("b"));
        finishing.leave();
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().preservedPages());
    }

    @Test
    void aFreezeThatIsGivenUpIsAVeto() throws Throwable {
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        calls.take();
        Hang freezing = Hang.in(calls, "b.freeze")
                .enter(() -> assertErrno(Errno.ETIMEDOUT, () -> generation.core.handover().freeze()));
        eighths(8);
        freezing.leave();
        assertEquals(List.of("h.freeze h1", "a.freeze", "b.freeze", "a.unfreeze", "h.unfreeze h1"), calls.take());
        generation.core.agents().close(session);
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void whatBecameDueMeanwhileIsDoneAtTheLatestWhenTheCallbackReturns() throws Throwable {
        handOver();
        OutgoingSession session = generation.session("outgoing");
        generation.preserve(session, 1, "h");
        FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
        generation.core.agents().close(session);
        Hang retrieving = Hang.in(calls, "a.retrieve")
                .enter(() -> assertErrno(Errno.ETIMEDOUT, () -> generation.get("a", Side.INCOMING)));
        handle.close();
        eighths(8);
        retrieving.leave();
        assertEquals(1, calls.count("a.unpreserve"));
        assertEquals(OutgoingFlb.State.IDLE, a().outgoing.state);
        assertEquals(0, generation.references("a"));
    }

    @Test
    void theClockTicksByItself() throws Throwable {
        generation.core.start();
        OutgoingSession session = generation.session("s");
        Hang preserving = Hang.in(calls, "b.preserve").enter(
                () -> assertErrno(Errno.ETIMEDOUT, () -> generation.preserve(session, 1, "h")));
        OutgoingSession other = generation.session("other");
        boolean preserved = false;
        while (!preserved) {
            preserved = triesToPreserve(other);
        }
        preserving.leave();
        generation.core.stop();
    }

    private boolean triesToPreserve(OutgoingSession session) throws LiveUpdateException {
        try {
            generation.preserve(session, 2, "h");
            return true;
        } catch (LiveUpdateException e) {
            assertEquals(Errno.EBUSY, e.errno(), "the only reason to wait: the other thread's callback");
            return false;
        }
    }

    @Test
    void aCallbackThatWasGivenUpGetsNoMemoryAnyMore() throws Throwable {
        OutgoingSession session = generation.session("s");
        Hang hang = Hang.in(calls, "inside");
        calls.once("b.preserve", context -> {
            calls.called("inside", context);
            assertErrno(Errno.ETIMEDOUT, context::memory);
            calls.called("checked", context);
        });
        hang.enter(() -> assertErrno(Errno.ETIMEDOUT, () -> generation.preserve(session, 1, "h")));
        eighths(8);
        hang.leave();
        assertEquals(1, calls.count("checked"));
        generation.core.agents().close(session);
        Balance.assertOnlyLeaked(generation, 0);
    }
}
