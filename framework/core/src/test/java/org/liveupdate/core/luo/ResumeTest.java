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
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.luo.OutgoingFlb.State;

/** The core ends and another one begins, without a live update: each side is what it was, and nothing is lost. */
class ResumeTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofMillis(150));

    @TempDir
    private Path directory;
    private Generation generation;
    private Provider provider;

    @BeforeEach
    void preserveInTwoSessions() throws IOException, LiveUpdateException {
        generation = Generation.first(SETTINGS, new Calls(), directory);
        register("v1");
        OutgoingSession one = generation.session("one");
        generation.preserve(one, 1, "h");
        generation.preserve(one, 2, "h");
        generation.preserve(generation.session("two"), 1, "h");
        generation.calls.take();
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private void register(String version) throws LiveUpdateException {
        provider = new Provider(generation, "p", version).register();
    }

    private void restart() throws LiveUpdateException, IOException {
        generation = generation.restart();
    }

    private void closeAll() throws LiveUpdateException {
        for (String name : generation.core.agents().sessionNames(Side.OUTGOING)) {
            assertEquals(Optional.empty(), generation.core.agents().close(generation.core.agents().openSession(name)));
        }
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    private OutgoingFlb outgoing() {
        return generation.core.names().standing("a").outgoing;
    }

    @Test
    void everythingIsDetachedNewestFirstAndFilesBeforeFlbs() throws LiveUpdateException, IOException {
        Module before = provider.module;
        Orchestrator ended = generation.core;
        restart();
        assertEquals(List.of("h.detach h1", "h.detach h2", "h.detach h1", "v1.detach"), generation.calls.take());
        assertEquals(0, ended.owners().references(before));
        assertTrue(provider.handler.isGone() && provider.flb.isGone());
    }

    @Test
    void whatIsPreservedIsOutgoingAgainAndDetachedUntilItsOwnerRegisters() throws LiveUpdateException, IOException {
        restart();
        assertEquals(0, generation.core.handover().number());
        assertEquals(List.of("one", "two"), generation.core.agents().sessionNames(Side.OUTGOING));
        assertEquals(List.of(1L, 2L), generation.core.agents().tokens(generation.core.agents().openSession("one")));
        assertEquals(State.DETACHED, outgoing().state);
        assertEquals(3, outgoing().files);
        assertErrno(Errno.ENODEV, () -> generation.core.agents().close(generation.core.agents().openSession("one")));
        assertErrno(Errno.ENODATA, () -> generation.get("a", Side.INCOMING));
        generation.calls.take();

        register("v2");
        assertEquals(List.of("h.retrieve h1", "h.retrieve h2", "h.retrieve h1", "v2.retrieve"),
                generation.calls.take());
        assertEquals(State.PRESERVED, outgoing().state);
        assertEquals(4, provider.references());
        assertEquals("v2 retrieved 100", generation.get("a", Side.OUTGOING).get());
        generation.core.agents().closeHandlesOf(generation.module("test"));
        closeAll();
        assertEquals(List.of("h.unpreserve h2", "h.unpreserve h1", "h.unpreserve h1", "v2.unpreserve"),
                generation.calls.take());
    }

    @Test
    void whatWasDetachedAlreadyGoesAlongAsItIs() throws LiveUpdateException, IOException {
        provider.stop();
        generation.calls.take();
        restart();
        assertEquals(List.of(), generation.calls.take());
        register("v2");
        assertEquals(3, outgoing().files);
        closeAll();
    }

    @Test
    void whileTheOwnerIsMissingTheReasonSaysWhoIsWaitedFor() throws LiveUpdateException, IOException {
        restart();
        String reason = assertErrno(Errno.ENODEV,
                () -> generation.core.agents().close(generation.core.agents().openSession("two")))
                .getMessage();
        assertTrue(reason.contains("handler h of p"), reason);
        assertTrue(outgoing().departure.toString().contains("install and start p"), outgoing().departure::toString);
        assertErrno(Errno.EPERM, () -> new Provider(generation, "stranger", "v2").register());
        register("v2");
        closeAll();
    }

    @Test
    void filesArePreservedNextToThoseThatWereThere() throws LiveUpdateException, IOException {
        restart();
        register("v2");
        SessionState one = generation.core.agents().openSession("one");
        assertErrno(Errno.EEXIST, () -> generation.preserve(one, 2, "h"));
        generation.preserve(one, 3, "h");
        assertEquals(4, outgoing().files);
        closeAll();
    }

    @Test
    void aCoreThatStartsTwiceLosesNothing() throws LiveUpdateException, IOException {
        restart();
        restart();
        register("v2");
        restart();
        assertEquals(3, outgoing().files);
        register("v3");
        closeAll();
    }

    @Test
    void aSessionWithoutFilesIsFoundAgain() throws LiveUpdateException, IOException {
        generation.session("empty");
        restart();
        assertEquals(0, generation.core.agents().openSession("empty").size());
        register("v2");
        closeAll();
    }

    @Test
    void aLiveUpdateAfterwardsHandsOverWhatWasPreservedBefore() throws LiveUpdateException, IOException {
        restart();
        assertErrno(Errno.EBUSY, () -> generation.core.handover().freeze());
        register("v2");
        generation = generation.kexec();
        assertEquals(1, generation.core.handover().number());
        register("v3");
        for (String name : List.of("one", "two")) {
            generation.core.agents().close(generation.incomingSession(name));
        }
        assertNothingIsLeft();
    }

    @Test
    void aCoreIsWorthResumingWhileThereIsASessionOrALiveUpdateToCount() throws LiveUpdateException, IOException {
        assertTrue(generation.core.overview().holdsAnything());
        closeAll();
        assertFalse(generation.core.overview().holdsAnything());
        generation = generation.kexec();
        assertTrue(generation.core.overview().holdsAnything());
        restart();
        assertEquals(1, generation.core.handover().number());
    }

    @Test
    void whatRefersToMemoryThatIsNotThereIsDetachedAllTheSame() throws LiveUpdateException, IOException {
        ImageModel model = new ImageModel(1, List.of(), List.of(),
                new ImageModel.Resume(0, List.of(new ImageModel.FlbEntry("a", 7, 1, 99, "p")),
                        List.of(new ImageModel.SessionEntry("s",
                                List.of(new ImageModel.FileEntry("h", 8, 1, List.of("a"), 98, "p"))))));
        try (Generation without = Generation.first()) {
            for (Generation next : List.of(without, generation)) {
                next.core.handover().inherit(model);
                OutgoingSession session = (OutgoingSession) next.core.agents().openSession("s");
                assertTrue(session.newest().isDetached());
                assertNull(session.newest().scope());
            }
        }
    }

    @Test
    void handlesThatAreOpenAreRevoked() throws LiveUpdateException, IOException {
        FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
        restart();
        assertErrno(Errno.ENODEV, handle::get);
        handle.close();
        register("v2");
        closeAll();
    }

    @Test
    void bothSidesStayWhatTheyAreEvenWithTheSameNames() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        register("v2");
        IncomingSession one = generation.incomingSession("one");
        generation.core.agents().retrieve(one, 1);
        generation.get("a", Side.INCOMING).close();
        OutgoingSession sameName = generation.session("one");
        generation.preserve(sameName, 7, "h");
        generation.calls.take();

        restart();
        assertEquals(List.of("h.detach h1", "h.detach h7", "v2.detach", "v2.detach"), generation.calls.take());
        assertEquals(1, generation.core.handover().number());
        assertEquals(List.of("one", "two"), generation.core.agents().sessionNames(Side.INCOMING));
        assertEquals(List.of(7L), generation.core.agents().tokens(generation.core.agents().openSession("one")));
        assertEquals(1, outgoing().files);
        assertEquals(3, generation.entry("a").files);
        register("v3");
        for (String name : List.of("one", "two")) {
            generation.core.agents().close(generation.incomingSession(name));
        }
        closeAll();
    }

    @Test
    void aCallbackThatDoesNotReturnHoldsNothingUpAndItsLateFileIsRefused() throws Throwable {
        SessionState two = generation.core.agents().openSession("two");
        Hang hang = Hang.in(generation.calls, "h.preserve");
        Orchestrator ended = generation.core;
        hang.enter(() -> assertErrno(Errno.EBUSY, () -> ended.agents().preserve(two, 9, new MockFile("h", 9))));
        restart();
        hang.leave();
        assertEquals(List.of(1L), generation.core.agents().tokens(generation.core.agents().openSession("two")));
        assertEquals(3, outgoing().files);
        register("v2");
        closeAll();
    }

    @Test
    void aProviderThatStopsTheCoreInsideItsOwnCallbackLosesNothing() throws LiveUpdateException, IOException {
        Generation[] next = new Generation[1];
        generation.calls.once("h.preserve", context -> {
            try {
                next[0] = generation.restart();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertErrno(Errno.EBUSY, () -> generation.preserve(generation.session("three"), 9, "h"));
        generation = next[0];
        assertEquals(3, outgoing().files);
        register("v2");
        closeAll();
    }

    @Test
    void aRetrieveThatFailsLeavesEverythingDetachedForTheNextOwner() throws LiveUpdateException, IOException {
        restart();
        generation.calls.once("v2.retrieve", context -> {
            throw new IllegalStateException("not today");
        });
        register("v2");
        assertEquals(State.DETACHED, outgoing().state);
        assertNull(outgoing().object);
        provider.stop();
        register("v3");
        assertEquals(State.PRESERVED, outgoing().state);
        closeAll();
    }
}
