package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.Side;
import org.liveupdate.kho.KhoException;

/** Callbacks that throw what they should not, or return null: the caller gets an errno, and nothing of the provider. */
class CallbackFailureTest {
    private final Generation generation = Generation.first();
    private final Orchestrator core = generation.core;
    private final Calls calls = generation.calls;

    /** A handler {@code h} over FLBs {@code a} and {@code b}, and a session without files. */
    private OutgoingSession session() throws LiveUpdateException {
        generation.handler("h", generation.flb("a"), generation.flb("b"));
        return generation.session("s");
    }

    private void assertNothingPreserved(OutgoingSession session) throws LiveUpdateException {
        core.agents().close(session);
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void aRuntimeExceptionOfPreserveIsAnInputOutputErrorWithItsText() throws LiveUpdateException {
        OutgoingSession session = session();
        calls.crash("b.preserve");
        LiveUpdateException refusal = assertErrno(Errno.EIO, () -> generation.preserve(session, 1, "h"));
        assertTrue(refusal.getMessage().contains("the test wants b.preserve to crash"), refusal::getMessage);
        assertEquals(null, refusal.getCause(), "a cause would pin the provider's classes");
        assertEquals(List.of("h.can_preserve", "a.preserve", "b.preserve", "a.unpreserve"), calls.take());
        assertNothingPreserved(session);
    }

    @Test
    void aMissingClassIsAFailureLikeAnyOther() throws LiveUpdateException {
        OutgoingSession session = session();
        calls.once("h.preserve", context -> {
            throw new NoClassDefFoundError("gone");
        });
        assertErrno(Errno.EIO, () -> generation.preserve(session, 1, "h"));
        assertEquals(List.of("h.can_preserve", "a.preserve", "b.preserve", "h.preserve h1", "b.unpreserve",
                "a.unpreserve"), calls.take());
        assertNothingPreserved(session);
    }

    @Test
    void aCrashOfIdentityOrHoldOrReleaseLosesNothing() throws LiveUpdateException {
        OutgoingSession session = session();
        calls.crash("h.identity");
        assertErrno(Errno.EIO, () -> generation.preserve(session, 1, "h"));
        assertEquals(List.of(), core.agents().tokens(session));
        calls.crash("h.hold").crash("h.release");
        generation.preserve(session, 2, "h");
        assertEquals(List.of(2L), core.agents().tokens(session));
        assertNothingPreserved(session);
        assertEquals(2, generation.warnings.size(), generation.warnings::toString);
    }

    @Test
    void aHandlerThatCrashesWhenAskedDoesNotStandInTheWayOfOthers() throws LiveUpdateException {
        core.registry().register(new HandlerRuntime("broken", new CrashingHandler(), generation.module("broken")));
        OutgoingSession session = session();
        generation.preserve(session, 1, "h");
        assertEquals(List.of(1L), core.agents().tokens(session));
        assertErrno(Errno.ENOENT, () -> core.agents().preserve(session, 2, "of no kind"));
    }

    @Test
    void preserveThatReturnsNullIsAFailure() throws LiveUpdateException {
        FlbRuntime broken = new FlbRuntime("broken", new NullFlb(), generation.module("broken"));
        generation.handler("h", generation.flb("a"), broken);
        OutgoingSession session = generation.session("s");
        assertErrno(Errno.EIO, () -> generation.preserve(session, 1, "h"));
        assertEquals(List.of("h.can_preserve", "a.preserve", "a.unpreserve"), calls.take());
        assertNothingPreserved(session);
    }

    @Test
    void whatUnpreserveThrowsIsWrittenDownAndTheSessionCloses() throws LiveUpdateException {
        OutgoingSession session = session();
        generation.preserve(session, 1, "h");
        calls.take();
        calls.crash("h.unpreserve").crash("b.unpreserve").crash("a.unpreserve");
        assertEquals(Optional.empty(), core.agents().close(session));
        assertEquals(List.of("h.unpreserve h1", "b.unpreserve", "a.unpreserve"), calls.take());
        assertEquals(3, generation.warnings.size(), generation.warnings::toString);
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void whatFinishThrowsIsWrittenDownAndTheSessionIsFinished() throws Exception {
        generation.preserve(session(), 1, "h");
        try (Generation next = generation.kexec()) {
            next.handler("h", next.flb("a"), next.flb("b"));
            IncomingSession session = next.incomingSession("s");
            next.core.agents().retrieve(session, 1);
            calls.crash("h.finish").crash("a.finish").crash("b.finish");
            next.core.agents().finish(session);
            next.core.agents().close(session);
            assertEquals(3, next.warnings.size(), next.warnings::toString);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void aCanFinishThatThrowsIsARefusal() throws Exception {
        generation.preserve(session(), 1, "h");
        try (Generation next = generation.kexec()) {
            next.handler("h", next.flb("a"), next.flb("b"));
            IncomingSession session = next.incomingSession("s");
            calls.crash("h.can_finish");
            assertErrno(Errno.EBUSY, () -> next.core.agents().finish(session));
            assertEquals(List.of(1L), next.core.agents().tokens(session));
            next.core.agents().finish(session);
        }
    }

    @Test
    void aCrashOfRetrieveIsRememberedForThisOwner() throws Exception {
        generation.preserve(session(), 1, "h");
        try (Generation next = generation.kexec()) {
            FlbRuntime a = next.flb("a");
            next.handler("h", a);
            calls.crash("a.retrieve");
            for (int i = 0; i < 2; i++) {
                assertErrno(Errno.EIO, () -> next.get("a", Side.INCOMING));
            }
            assertEquals(1, calls.count("a.retrieve"));
            next.core.registry().unlink(next.core.registry().handler("h"), a);
            next.core.registry().link(next.core.registry().handler("h"), next.flb("a", "another"));
            try (FlbHandle<String> handle = next.get("a", Side.INCOMING)) {
                assertEquals("a retrieved 100", handle.get());
            }
        }
    }

    @Test
    void aFailedFileKeepsItsErrnoAndIsFinishedWithIt() throws Exception {
        generation.preserve(session(), 1, "h");
        try (Generation next = generation.kexec()) {
            next.handler("h", next.flb("a"), next.flb("b"));
            IncomingSession session = next.incomingSession("s");
            calls.fail("h.retrieve", Errno.EFBIG);
            for (int i = 0; i < 2; i++) {
                assertErrno(Errno.EFBIG, () -> next.core.agents().retrieve(session, 1));
            }
            assertEquals(1, calls.count("h.retrieve"));
            assertEquals("FAILED", session.file(1).stateName());
            assertEquals(Errno.EFBIG, session.file(1).status().errno());
            next.core.agents().close(session);
            Balance.assertNothingIsHeld(next);
        }
    }

    /** Returns null from preserve. */
    private static final class NullFlb implements Flb<String> {
        @Override
        public Preserved<String> preserve(FlbContext context) {
            return null;
        }

        @Override
        public void unpreserve(FlbContext context, long data, String object) {
            throw new AssertionError("what failed to preserve is not unpreserved");
        }

        @Override
        public String retrieve(FlbContext context, long data) {
            return null;
        }

        @Override
        public void finish(FlbContext context, long data, String object) {
            throw new AssertionError("nothing was handed over");
        }
    }

    @ParameterizedTest
    @CsvSource({"NO_MEMORY, ENOMEM", "FROZEN, EBUSY", "FENCED, ENODEV", "REFUSED, EPERM", "NOT_PRESERVED, EINVAL",
            "OUT_OF_BOUNDS, EINVAL", "CORRUPT, EIO"})
    void whatHandoverMemoryRefusesHasAnErrno(KhoException.Reason reason, Errno errno) throws LiveUpdateException {
        OutgoingSession session = session();
        calls.once("a.preserve", context -> {
            throw new KhoException(reason, "the test wants it");
        });
        assertErrno(errno, () -> generation.preserve(session, 1, "h"));
        assertNothingPreserved(session);
    }

    @Test
    void aPreserveOrRetrieveOfAFileThatReturnsNullHasFailed() throws Exception {
        FileHandler<?> absentMinded = new NullHandler();
        generation.core.registry().register(new HandlerRuntime("null", absentMinded, generation.module("null")));
        OutgoingSession session = generation.session("s");
        assertErrno(Errno.EIO, () -> core.agents().preserve(session, 1, "text"));
        assertNothingPreserved(session);
        generation.handler("h");
        generation.preserve(generation.session("s"), 1, "h");
        try (Generation next = generation.kexec()) {
            next.core.registry().register(new HandlerRuntime("h", absentMinded, next.module("null")));
            IncomingSession incoming = next.incomingSession("s");
            for (int i = 0; i < 2; i++) {
                assertErrno(Errno.EIO, () -> next.core.agents().retrieve(incoming, 1));
            }
            next.core.agents().close(incoming);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void aHandlerWhoseBundleLeavesWhileAFileIsOnItsWayTakesItNoMore() throws LiveUpdateException {
        OutgoingSession session = session();
        calls.on("h.identity", context -> generation.module("h", Module.State.GOING));
        MockFile file = new MockFile("h", 1);
        assertErrno(Errno.ENOENT, () -> core.agents().preserve(session, 1, file));
        calls.on("h.identity", context -> {});
        generation.module("h", Module.State.LIVE);
        core.agents().preserve(session, 1, file);
        assertNothingPreserved(session);
    }

    @Test
    void nobodyIsCalledOnceAnotherGenerationIsInCharge() throws LiveUpdateException {
        OutgoingSession session = session();
        core.fence();
        assertErrno(Errno.ENOENT, () -> generation.preserve(session, 1, "h"));
        assertEquals(List.of(), calls.take());
        assertTrue(generation.warnings.get(0).contains("another generation is in charge"),
                generation.warnings::toString);
    }

    @Test
    void nobodyIsCalledWithTheCoreLockHeld() {
        core.lock().lock();
        try {
            assertThrows(IllegalStateException.class,
                    () -> core.callbacks().call(generation.flb("anybody"), Callback.FREEZE, () -> "was called"));
        } finally {
            core.lock().unlock();
        }
    }

    /** Returns null from preserve and retrieve. */
    private static final class NullHandler implements FileHandler<Object> {
        @Override
        public boolean canPreserve(Object file) {
            return file instanceof String;
        }

        @Override
        public Preserved<?> preserve(FileContext context, Object file) {
            return null;
        }

        @Override
        public void unpreserve(FileContext context, Object file, long data, Object object) {
            throw new AssertionError("what failed to preserve is not unpreserved");
        }

        @Override
        public Object retrieve(FileContext context, long data) {
            return null;
        }

        @Override
        public void finish(FileContext context, Object file, long data, RetrieveStatus status) {
            assertEquals(Errno.EIO, status.errno());
        }
    }

    @Test
    void aFileThatIsRetrievedTwiceIsClaimedUntilBothAreFinished() throws Exception {
        generation.handler("h");
        for (String name : List.of("one", "two", "three", "four")) {
            generation.preserve(generation.session(name), name.length(), "h");
        }
        try (Generation next = generation.kexec()) {
            MockFile same = new MockFile("other", 1);
            next.core.registry().register(new HandlerRuntime("h", new SameHandler(same), next.module("h")));
            next.handler("other");
            List<IncomingSession> sessions = new ArrayList<>();
            for (String name : List.of("one", "two", "three", "four")) {
                IncomingSession session = next.incomingSession(name);
                next.core.agents().retrieve(session, name.length());
                sessions.add(session);
            }
            OutgoingSession passing = next.session("passing");
            next.preserve(passing, 2, "other");
            next.core.agents().close(passing);
            OutgoingSession outgoing = next.session("outgoing");
            for (IncomingSession session : sessions) {
                assertErrno(Errno.EBUSY, () -> next.core.agents().preserve(outgoing, 1, same));
                next.core.agents().close(session);
            }
            next.core.agents().preserve(outgoing, 1, same);
            next.core.agents().close(outgoing);
            Balance.assertNothingIsHeld(next);
        }
    }

    /** Retrieves one and the same file, whatever it is asked for. */
    private static final class SameHandler implements FileHandler<Object> {
        private final Object same;

        SameHandler(Object same) {
            this.same = same;
        }

        @Override
        public boolean canPreserve(Object file) {
            return false;
        }

        @Override
        public Preserved<?> preserve(FileContext context, Object file) {
            throw new AssertionError("it accepts nothing");
        }

        @Override
        public void unpreserve(FileContext context, Object file, long data, Object object) {
            throw new AssertionError("nothing was preserved");
        }

        @Override
        public Object retrieve(FileContext context, long data) {
            return same;
        }

        @Override
        public void finish(FileContext context, Object file, long data, RetrieveStatus status) {
            // the file lives on
        }
    }
}
