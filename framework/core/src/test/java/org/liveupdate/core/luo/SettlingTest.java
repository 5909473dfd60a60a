package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** What becomes due while a callback of the same FLB runs in another thread is done when that returns, and only once. */
class SettlingTest {
    private final Generation old = Generation.first(Generation.SETTINGS.withPatience(Duration.ofMillis(30)));
    private final Calls calls = old.calls;

    @BeforeEach
    void aFileIsPreserved() throws LiveUpdateException {
        old.handler("h", old.flb("a"));
        old.preserve(old.session("s"), 1, "h");
    }

    private static FlbHandle<String> get(Generation next, Side side) throws LiveUpdateException {
        return next.get("a", side);
    }

    @Test
    void anOutgoingHandleClosedDuringAnIncomingRetrieve() throws Throwable {
        try (Generation next = old.kexec()) {
            FlbRuntime a = next.flb("a");
            next.handler("h", a);
            OutgoingSession session = next.session("outgoing");
            next.preserve(session, 1, "h");
            FlbHandle<String> handle = get(next, Side.OUTGOING);
            next.core.agents().close(session);
            Hang retrieving = Hang.in(calls, "a.retrieve").enter(() -> get(next, Side.INCOMING).close());
            handle.close();
            assertEquals(0, calls.count("a.unpreserve"), "retrieve is still running");
            retrieving.leave();
            assertEquals(1, calls.count("a.unpreserve"), "retrieve has returned");
            assertEquals(OutgoingFlb.State.IDLE, a.outgoing.state);
        }
    }

    @Test
    void theLastFileFinishedDuringRetrieve() throws Throwable {
        try (Generation next = old.kexec()) {
            next.handler("h", next.flb("a"));
            IncomingSession session = next.incomingSession("s");
            Hang retrieving = Hang.in(calls, "a.retrieve").enter(() -> get(next, Side.INCOMING).close());
            next.core.agents().finish(session);
            assertEquals(0, calls.count("a.finish"), "retrieve is still running");
            retrieving.leave();
            assertEquals(1, calls.count("a.finish"));
            next.core.agents().close(session);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void theLastFileFinishedDuringARetrieveThatFails() throws Throwable {
        try (Generation next = old.kexec()) {
            next.handler("h", next.flb("a"));
            IncomingSession session = next.incomingSession("s");
            Hang hang = Hang.in(calls, "a.unused");
            Calls.Step inside = context -> {
                calls.called("a.unused", context);
                throw new LiveUpdateException(Errno.EIO, "after all");
            };
            calls.once("a.retrieve", inside);
            hang.enter(() -> Refusals.assertErrno(Errno.EIO, () -> get(next, Side.INCOMING)));
            next.core.agents().close(session);
            hang.leave();
            assertEquals(IncomingFlb.State.FAILED, next.entry("a").state);
            assertEquals(List.of(0, 0), List.of(next.references("a"), next.references("h")));
        }
    }

    @Test
    void aHandleOpenedWhileTheEntryIsBeingFinishedFindsItFinished() throws Throwable {
        Generation patient = Generation.first();
        patient.handler("h", patient.flb("a"));
        patient.preserve(patient.session("s"), 1, "h");
        try (Generation next = patient.kexec()) {
            next.handler("h", next.flb("a"));
            IncomingSession session = next.incomingSession("s");
            Hang finishing = Hang.in(next.calls, "a.finish").enter(() -> next.core.agents().close(session));
            Other late = Other
                    .thread(() -> Refusals.assertErrno(Errno.ENODATA, () -> get(next, Side.INCOMING)));
            finishing.leave();
            late.join();
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void anIncomingHandleClosedDuringAnOutgoingPreserve() throws Throwable {
        try (Generation next = old.kexec()) {
            next.handler("h", next.flb("a"));
            FlbHandle<String> handle = get(next, Side.INCOMING);
            next.core.agents().close(next.incomingSession("s"));
            OutgoingSession session = next.session("outgoing");
            Hang preserving = Hang.in(calls, "a.preserve").enter(() -> next.preserve(session, 1, "h"));
            handle.close();
            assertEquals(0, calls.count("a.finish"), "preserve is still running");
            preserving.leave();
            assertEquals(1, calls.count("a.finish"));
            next.core.agents().close(session);
            Balance.assertNothingIsHeld(next);
        }
    }

    /** A next generation whose callbacks are waited for; {@code a} is live there, kept by its file only. */
    private static Generation patient() throws Exception {
        Generation first = Generation.first();
        first.handler("h", first.flb("a"));
        first.preserve(first.session("s"), 1, "h");
        Generation next = first.kexec();
        next.handler("h", next.flb("a"));
        return next;
    }

    @Test
    void whoWaitsToFinishFindsItDone() throws Throwable {
        try (Generation next = patient()) {
            FlbHandle<String> handle = get(next, Side.INCOMING);
            next.core.agents().close(next.incomingSession("s"));
            OutgoingSession session = next.session("outgoing");
            Hang preserving = Hang.in(next.calls, "a.preserve").enter(() -> next.preserve(session, 1, "h"));
            Other closing = Other.thread(handle::close).untilItWaits();
            preserving.leave();
            closing.join();
            assertEquals(1, next.calls.count("a.finish"));
            next.core.agents().close(session);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void whoWaitsToUnpreserveFindsItDone() throws Throwable {
        try (Generation next = patient()) {
            OutgoingSession session = next.session("outgoing");
            next.preserve(session, 1, "h");
            FlbHandle<String> handle = get(next, Side.OUTGOING);
            next.core.agents().close(session);
            Hang retrieving = Hang.in(next.calls, "a.retrieve").enter(() -> get(next, Side.INCOMING).close());
            Other closing = Other.thread(handle::close).untilItWaits();
            retrieving.leave();
            closing.join();
            assertEquals(1, next.calls.count("a.unpreserve"));
            next.core.agents().close(next.incomingSession("s"));
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void whatIsDiscardedWhileItWaitsForItsOwnerIsNotRetrieved() throws Throwable {
        try (Generation next = patient()) {
            OutgoingSession session = next.session("outgoing");
            Hang preserving = Hang.in(next.calls, "a.preserve").enter(() -> next.preserve(session, 1, "h"));
            Other finishing = Other.thread(() -> next.core.agents().close(next.incomingSession("s"))).untilItWaits();
            next.core.agents().discard("a");
            preserving.leave();
            finishing.join();
            assertEquals(0, next.calls.count("a.retrieve"));
            next.core.agents().close(session);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void handlesThatACallbackOfTheFlbClosesForABundleEndTheOtherSideWhenItReturns() throws Exception {
        try (Generation next = patient()) {
            get(next, Side.INCOMING);
            next.core.agents().close(next.incomingSession("s"));
            next.calls.take();
            next.calls.once("a.preserve", context -> next.core.agents().closeHandlesOf(next.module("test")));
            OutgoingSession session = next.session("outgoing");
            next.preserve(session, 1, "h");
            assertEquals(List.of("h.can_preserve", "a.preserve", "a.finish", "h.preserve h1"), next.calls.take());
            next.core.agents().close(session);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void handlesThatARetrieveClosesForABundleEndTheOutgoingSideWhenItReturns() throws Exception {
        try (Generation next = patient()) {
            OutgoingSession session = next.session("outgoing");
            next.preserve(session, 1, "h");
            get(next, Side.OUTGOING);
            next.core.agents().close(session);
            next.calls.take();
            next.calls.once("a.retrieve", context -> next.core.agents().closeHandlesOf(next.module("test")));
            next.core.agents().get(MockFlb.key("a"), Side.INCOMING, next.module("other")).close();
            assertEquals(List.of("a.retrieve", "a.unpreserve"), next.calls.take());
            next.core.agents().close(next.incomingSession("s"));
            Balance.assertNothingIsHeld(next);
        }
    }
}
