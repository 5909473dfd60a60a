package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;

/** How the callbacks of a file find the other files of its session. */
class FileContextTest {
    private final Generation generation = Generation.first();
    private final Orchestrator core = generation.core;
    private final Calls calls = generation.calls;
    private final List<Object> seen = new ArrayList<>();

    private static FileContext file(CallbackContext context) {
        return (FileContext) context;
    }

    private void preserveThree() throws LiveUpdateException {
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        generation.preserve(session, 2, "h");
        generation.preserve(session, 3, "h");
    }

    /** A next generation with an open session {@code s} of files 1, 2 and 3. */
    private Generation next() throws Exception {
        generation.handler("h");
        preserveThree();
        Generation next = generation.kexec();
        next.handler("h");
        calls.take();
        return next;
    }

    /** Inside retrieving {@code token}, {@code other} is asked for. */
    private void asksFor(long token, long other) {
        calls.on("h.retrieve", context -> {
            if (file(context).token() == token) {
                seen.add(file(context).file(other, MockFile.class).number);
            }
        });
    }

    @Test
    void aCallbackKnowsWhatItIsCalledFor() throws LiveUpdateException {
        generation.handler("h");
        calls.once("h.preserve", context -> {
            seen.addAll(List.of(context.compatible(), context.side(), context.reason(), file(context).session(),
                    file(context).token()));
        });
        generation.preserve(generation.session("s"), -7, "h");
        assertEquals(List.of("h", Side.OUTGOING, Reason.HANDOVER, "s", -7L), seen);
    }

    @Test
    void aFileIsFoundByItsTokenAndATokenByItsFile() throws LiveUpdateException {
        generation.handler("h");
        OutgoingSession session = generation.session("s");
        MockFile first = generation.preserve(session, 11, "h");
        MockFile elsewhere = generation.preserve(generation.session("elsewhere"), 12, "h");
        calls.once("h.preserve", context -> {
            seen.add(file(context).token(first));
            assertErrno(Errno.ENOENT, () -> file(context).token(elsewhere));
            assertErrno(Errno.ENOENT, () -> file(context).token(new MockFile("h", 11)));
            assertErrno(Errno.EINVAL, () -> file(context).file(11, MockFile.class));
            seen.add("checked");
        });
        generation.preserve(session, 13, "h");
        assertEquals(List.of(11L, "checked"), seen);
    }

    @Test
    void aDependencyIsRetrievedOnTheWay() throws Exception {
        try (Generation next = next()) {
            asksFor(3, 1);
            IncomingSession session = next.incomingSession("s");
            next.core.agents().retrieve(session, 3);
            assertEquals(List.of("h.retrieve h3", "h.retrieve h1"), calls.take());
            assertEquals(List.of(1L), seen);
            MockFile first = (MockFile) next.core.agents().retrieve(session, 1);
            assertSame(first, next.core.agents().retrieve(session, 1));
            assertEquals(List.of(), calls.take(), "file 1 was retrieved already");
            next.core.agents().close(session);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void aCycleIsADeadlockThatIsRefusedToWhoeverClosesIt() throws Exception {
        try (Generation next = next()) {
            calls.on("h.retrieve", context -> {
                long token = file(context).token();
                long other = token == 1 ? 2 : 1;
                try {
                    seen.add(token + " got " + file(context).file(other, MockFile.class));
                } catch (LiveUpdateException e) {
                    seen.add(token + " " + e.errno());
                }
            });
            IncomingSession session = next.incomingSession("s");
            next.core.agents().retrieve(session, 1);
            assertEquals(List.of("2 EDEADLK", "1 got h2"), seen);
        }
    }

    @Test
    void aFileThatAsksForItselfIsADeadlock() throws Exception {
        try (Generation next = next()) {
            asksFor(2, 2);
            IncomingSession session = next.incomingSession("s");
            assertErrno(Errno.EDEADLK, () -> next.core.agents().retrieve(session, 2));
            assertErrno(Errno.EDEADLK, () -> next.core.agents().retrieve(session, 2));
            assertEquals(1, calls.count("h.retrieve"), "a failure is remembered");
        }
    }

    @Test
    void aMissingOrFailedDependencyPassesItsErrnoOn() throws Exception {
        try (Generation next = next()) {
            IncomingSession session = next.incomingSession("s");
            calls.fail("h.retrieve", Errno.ENOMEM);
            assertErrno(Errno.ENOMEM, () -> next.core.agents().retrieve(session, 1));
            asksFor(2, 1);
            assertErrno(Errno.ENOMEM, () -> next.core.agents().retrieve(session, 2));
            asksFor(3, 99);
            assertErrno(Errno.ENOENT, () -> next.core.agents().retrieve(session, 3));
            next.core.agents().close(session);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void aDependencyOfAnotherTypeIsRefusedButRetrieved() throws Exception {
        try (Generation next = next()) {
            calls.once("h.retrieve",
                    context -> assertErrno(Errno.EINVAL, () -> file(context).file(1, String.class)));
            IncomingSession session = next.incomingSession("s");
            next.core.agents().retrieve(session, 3);
            assertEquals(List.of("h.retrieve h3", "h.retrieve h1"), calls.take());
        }
    }

    @Test
    void tokensOfIncomingFilesAreNotAskedForByFile() throws Exception {
        try (Generation next = next()) {
            calls.once("h.retrieve", context -> seen
                    .add(assertErrno(Errno.EINVAL, () -> file(context).token(new MockFile("h", 1))).errno()));
            next.core.agents().retrieve(next.incomingSession("s"), 3);
            assertEquals(List.of(Errno.EINVAL), seen);
        }
    }

    @Test
    void aContextOutsideOfItsCallbackReachesNoFile() throws Exception {
        try (Generation next = next()) {
            List<FileContext> kept = new ArrayList<>();
            calls.once("h.retrieve", context -> kept.add(file(context)));
            next.core.agents().retrieve(next.incomingSession("s"), 3);
            calls.take();
            assertErrno(Errno.EINVAL, () -> kept.get(0).file(1, MockFile.class));
            assertEquals(List.of(), calls.take());
        }
    }

    @Test
    void aSessionCannotBeChangedFromInsideItsCallbacks() throws LiveUpdateException {
        generation.handler("h");
        OutgoingSession session = generation.session("s");
        calls.once("h.preserve", context -> {
            assertErrno(Errno.EDEADLK, () -> generation.preserve(session, 5, "h"));
            assertErrno(Errno.EDEADLK, () -> core.agents().close(session));
            assertErrno(Errno.EDEADLK, core.handover()::freeze);
            seen.add("checked");
        });
        generation.preserve(session, 4, "h");
        assertEquals(List.of("checked"), seen);
        assertEquals(List.of(4L), core.agents().tokens(session));
    }

    @Test
    void tokensAreAskedForInTheThreadOfTheCallbackOnly() throws Throwable {
        generation.handler("h");
        OutgoingSession session = generation.session("s");
        MockFile first = generation.preserve(session, 1, "h");
        List<FileContext> kept = new ArrayList<>();
        calls.once("h.preserve", context -> kept.add(file(context)));
        generation.preserve(session, 2, "h");
        assertErrno(Errno.EINVAL, () -> kept.get(0).token(first));
    }

    @Test
    void whatIsUnpreservedIsNotFoundByItsFileAnyMore() throws LiveUpdateException {
        generation.handler("h");
        OutgoingSession session = generation.session("s");
        MockFile first = generation.preserve(session, 1, "h");
        MockFile second = generation.preserve(session, 2, "h");
        calls.on("h.unpreserve", context -> {
            FileContext unpreserving = file(context);
            seen.add(unpreserving.token(first));
            if (unpreserving.token() == 1) {
                assertErrno(Errno.ENOENT, () -> unpreserving.token(second));
                seen.add("second is gone");
            }
        });
        core.agents().close(session);
        assertEquals(List.of(1L, 1L, "second is gone"), seen);
    }
}
