package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * The scenarios of the kernel's {@code tools/testing/selftests/liveupdate/liveupdate.c}, in its order and under its names.
 * What a memfd is there is a {@link KernelMemfd} here; the device is the exclusive one.
 */
class KernelSelftestTest {
    private static final String TEXT = "hello liveupdate";

    private final Generation generation = Generation.first();
    private final Orchestrator core = generation.core;

    @BeforeEach
    void registerTheMemfdHandler() throws LiveUpdateException {
        core.registry().register(
                new HandlerRuntime("memfd-v1", new KernelMemfd.Handler(), Module.builtIn("memfd_luo")));
    }

    @Test
    void basicOpenClose() throws LiveUpdateException {
        core.device().open(this, "test");
        core.device().close(this);
        core.device().open(this, "test, again");
    }

    @Test
    void exclusiveOpen() throws LiveUpdateException {
        core.device().exclusive(true);
        core.device().open(this, "first");
        LiveUpdateException refusal = assertErrno(Errno.EBUSY, () -> core.device().open("another", "second"));
        assertTrue(refusal.getMessage().contains("first"), refusal::getMessage);
    }

    @Test
    void createDuplicateSession() throws LiveUpdateException {
        OutgoingSession first = generation.session("duplicate-session-test");
        assertErrno(Errno.EEXIST, () -> core.agents().createSession("duplicate-session-test"));
        core.agents().preserve(first, 1, new KernelMemfd(TEXT));
        core.agents().close(first);
    }

    @Test
    void createDistinctSessions() throws LiveUpdateException {
        OutgoingSession first = generation.session("distinct-session-1");
        OutgoingSession second = generation.session("distinct-session-2");
        assertEquals(List.of("distinct-session-1", "distinct-session-2"), core.agents().sessionNames(Side.OUTGOING));
        core.agents().close(first);
        core.agents().close(second);
        assertEquals(List.of(), core.agents().sessionNames(Side.OUTGOING));
    }

    @Test
    void preserveMemfd() throws LiveUpdateException {
        KernelMemfd memfd = new KernelMemfd(TEXT);
        OutgoingSession session = generation.session("preserve-memfd");
        core.agents().preserve(session, 0x1234, memfd);
        assertTrue(memfd.frozen());
        core.agents().close(session);
        assertEquals(TEXT, memfd.read());
        memfd.write("and it can be written again");
    }

    @Test
    void preserveMultipleMemfds() throws LiveUpdateException {
        KernelMemfd first = new KernelMemfd("first");
        KernelMemfd second = new KernelMemfd("second");
        OutgoingSession session = generation.session("preserve-multiple-memfds");
        core.agents().preserve(session, 0xAAAA, first);
        core.agents().preserve(session, 0xBBBB, second);
        assertEquals("first", first.read());
        assertEquals("second", second.read());
        assertEquals(List.of(0xAAAAL, 0xBBBBL), core.agents().tokens(session));
    }

    @Test
    void preserveComplexScenario() throws LiveUpdateException {
        KernelMemfd first = new KernelMemfd(TEXT);
        KernelMemfd firstEmpty = new KernelMemfd("");
        KernelMemfd second = new KernelMemfd(TEXT + " 2");
        KernelMemfd secondEmpty = new KernelMemfd("");
        OutgoingSession sessionA = generation.session("complex-session-1");
        OutgoingSession sessionB = generation.session("complex-session-2");
        core.agents().preserve(sessionA, 0x1111, first);
        core.agents().preserve(sessionA, 0x2222, firstEmpty);
        core.agents().preserve(sessionB, 0x3333, second);
        core.agents().preserve(sessionB, 0x4444, secondEmpty);
        assertEquals(List.of(TEXT, "", TEXT + " 2", ""),
                List.of(first.read(), firstEmpty.read(), second.read(), secondEmpty.read()));
    }

    @Test
    void preserveUnsupportedFd() throws LiveUpdateException {
        OutgoingSession session = generation.session("unsupported-fd");
        assertErrno(Errno.ENOENT, () -> core.agents().preserve(session, 0xDEAD, "/dev/null"));
        assertEquals(List.of(), core.agents().tokens(session));
    }

    @Test
    void preventDoublePreservation() throws LiveUpdateException {
        KernelMemfd memfd = new KernelMemfd(TEXT);
        OutgoingSession first = generation.session("double-preserve-1");
        OutgoingSession second = generation.session("double-preserve-2");
        core.agents().preserve(first, 0x1111, memfd);
        assertErrno(Errno.EBUSY, () -> core.agents().preserve(second, 0x2222, memfd));
        assertErrno(Errno.EBUSY, () -> core.agents().preserve(first, 0x3333, memfd));
        core.agents().close(first);
        core.agents().preserve(second, 0x2222, memfd);
    }

    @Test
    void createSessionNoNullTermination() {
        assertErrno(Errno.EINVAL, () -> core.agents().createSession("X".repeat(64)));
    }

    @Test
    void createSessionEmptyName() {
        assertErrno(Errno.EINVAL, () -> core.agents().createSession(""));
    }

    @Test
    void getSessionName() throws LiveUpdateException {
        assertEquals("get-session-name", generation.session("get-session-name").name());
    }

    @Test
    void getSessionNameMaxLength() throws LiveUpdateException {
        String name = "X".repeat(63);
        assertEquals(name, generation.session(name).name());
    }

    @Test
    void preserveManySessions() throws LiveUpdateException {
        List<OutgoingSession> sessions = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            sessions.add(generation.session("many-session-" + i));
        }
        assertEquals(2000, core.agents().sessionNames(Side.OUTGOING).size());
        for (OutgoingSession session : sessions) {
            core.agents().close(session);
        }
        assertEquals(List.of(), core.agents().sessionNames(Side.OUTGOING));
    }

    @Test
    void preserveManyFiles() throws LiveUpdateException {
        OutgoingSession session = generation.session("many-files");
        List<KernelMemfd> memfds = new ArrayList<>();
        for (int token = 0; token < 500; token++) {
            KernelMemfd memfd = new KernelMemfd(TEXT + token);
            core.agents().preserve(session, token, memfd);
            memfds.add(memfd);
        }
        memfds.forEach(KernelMemfd::closeByUser);
        assertTrue(memfds.stream().noneMatch(KernelMemfd::gone), "the session holds them");
        assertEquals(LongStream.range(0, 500).boxed().toList(), core.agents().tokens(session));
        core.agents().close(session);
        assertTrue(memfds.stream().allMatch(KernelMemfd::gone), "nobody holds them");
    }
}
