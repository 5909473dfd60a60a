package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** Session names: what is accepted can be handed over. */
class SessionNameTest {
    private final Generation generation = Generation.first();

    @ParameterizedTest
    @ValueSource(strings = {"", "nul\0inside", "a lone high surrogate \ud83d", "a lone low surrogate \ude00",
            "ääääääääääääääääääääääääääääääää"})
    void whatCannotBeWrittenIsRefused(String name) {
        assertErrno(Errno.EINVAL, () -> generation.session(name));
    }

    @Test
    void noNameIsRefused() {
        assertErrno(Errno.EINVAL, () -> generation.session(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", " ", "a/b", "sixty-three bytes of ASCII ....................................",
            "äääääääääääääääääääääääääääääää", "smile \ud83d\ude00"})
    void whatIsAcceptedIsHandedOver(String name) throws Exception {
        generation.session(name);
        try (Generation next = generation.kexec()) {
            assertEquals(List.of(name), next.core.agents().sessionNames(Side.INCOMING));
            assertEquals(name, next.incomingSession(name).name());
        }
    }

    @Test
    void outgoingAndIncomingNamesAreSeparate() throws Exception {
        generation.session("s");
        try (Generation next = generation.kexec()) {
            OutgoingSession outgoing = next.session("s");
            assertErrno(Errno.EEXIST, () -> next.session("s"));
            IncomingSession incoming = next.incomingSession("s");
            assertErrno(Errno.EINVAL, () -> next.incomingSession("s"));
            assertEquals(outgoing, next.core.agents().openSession("s"));
            next.core.agents().abandonSession(incoming);
            next.core.agents().close(next.incomingSession("s"));
            assertErrno(Errno.ENOENT, () -> next.incomingSession("s"));
            next.core.agents().close(outgoing);
            assertErrno(Errno.ENOENT, () -> next.core.agents().openSession("s"));
            assertErrno(Errno.EBADF, () -> next.preserve(outgoing, 1, "h"));
        }
    }

    @Test
    void operationsOnTheWrongSideAreInvalid() throws Exception {
        OutgoingSession session = generation.session("s");
        assertErrno(Errno.EINVAL, () -> generation.core.agents().retrieve(session, 1));
        assertErrno(Errno.EINVAL, () -> generation.core.agents().finish(session));
        try (Generation next = generation.kexec()) {
            IncomingSession incoming = next.incomingSession("s");
            assertErrno(Errno.EINVAL, () -> next.preserve(incoming, 1, "h"));
        }
    }

    @Test
    void aClosedIncomingSessionIsGone() throws Exception {
        generation.session("s");
        try (Generation next = generation.kexec()) {
            IncomingSession session = next.incomingSession("s");
            next.core.agents().close(session);
            assertErrno(Errno.EBADF, () -> next.core.agents().close(session));
            assertErrno(Errno.EBADF, () -> next.core.agents().retrieve(session, 1));
            assertEquals(List.of(), next.core.agents().sessionNames(Side.INCOMING));
        }
    }

    @Test
    void theTokenZeroAndNegativeTokensAreTokensLikeOthers() throws LiveUpdateException {
        generation.handler("h");
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 0, "h");
        generation.preserve(session, -1, "h");
        assertErrno(Errno.EEXIST, () -> generation.preserve(session, 0, "h"));
        assertErrno(Errno.EBADF, () -> generation.core.agents().preserve(session, 1, null));
        assertEquals(List.of(0L, -1L), generation.core.agents().tokens(session));
    }
}
