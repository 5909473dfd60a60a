package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.luo.OutgoingFlb.State;

/** Whoever comes for what another one left preserved may be the wrong one, fail, or leave again in the middle of it. */
class AttachTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofSeconds(1));

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
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private Provider unregistered(String bundle) {
        return new Provider(generation, bundle, "next");
    }

    private void closeAllWithTheOwner() throws LiveUpdateException {
        new Provider(generation, "p", "last").register();
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().usedPages());
    }

    /** Returns null from retrieve. */
    private static final class Forgetful implements FileHandler<MockFile> {
        @Override
        public boolean canPreserve(Object file) {
            return false;
        }

        @Override
        public Preserved<?> preserve(FileContext context, MockFile file) {
            throw new AssertionError("it takes no files");
        }

        @Override
        public void unpreserve(FileContext context, MockFile file, long data, Object object) {
            throw new AssertionError("it has no files");
        }

        @Override
        public MockFile retrieve(FileContext context, long data) {
            return null;
        }

        @Override
        public void finish(FileContext context, MockFile file, long data, RetrieveStatus status) {
            throw new AssertionError("nothing was handed over");
        }
    }

    @Test
    void onceStateIsAnybodysAnotherBundleThatComesTakesItOver() throws LiveUpdateException {
        provider.stop();
        generation.core.configure(SETTINGS.withOwnership(Ownership.ANY));
        new Provider(generation, "q", "v1").register();
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void whoTakesTheOwnersPlaceFindsTheFilesOfTheSessionThatAreThere() throws LiveUpdateException {
        provider.stop();
        Provider next = unregistered("p");
        List<Object> found = new ArrayList<>();
        generation.calls.on("h.retrieve", context -> {
            FileContext file = (FileContext) context;
            assertErrno(Errno.ENOENT, () -> file.file(99, Object.class));
            if (file.token() == 1) {
                assertErrno(Errno.ENODEV, () -> file.file(2, Object.class));
            } else {
                assertErrno(Errno.EINVAL, () -> file.file(1, String.class));
                found.add(file.file(1, Object.class));
            }
        });
        next.register();
        assertEquals(List.of(session.file(1).file()), found);
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        Balance.assertNothingIsHeld(generation);
    }

    /** Services come one by one: the handler may be there before the FLB without which it cannot retrieve. */
    @Test
    void aHandlerThatMissedItsFlbRetrievesWhenTheFlbComes() throws LiveUpdateException {
        provider.stop();
        Provider next = unregistered("p");
        generation.calls.on("h.retrieve", context -> context.getOutgoing(MockFlb.key("a")).close());
        generation.core.registry().register(next.handler);
        assertTrue(session.newest().isDetached());
        generation.core.registry().link(next.handler, next.flb);
        assertFalse(session.newest().isDetached());
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void aHandlerThatLeavesWhileItRetrievesHasRetrievedNothing() throws LiveUpdateException {
        provider.stop();
        Provider next = unregistered("p");
        generation.calls.once("h.retrieve", context -> next.stop());
        generation.core.registry().register(next.handler);
        assertTrue(session.newest().isDetached());
        assertEquals(0, next.references());
        assertErrno(Errno.ENODEV, () -> generation.core.agents().close(session));
        closeAllWithTheOwner();
    }

    @Test
    void anOwnerThatStopsWhileItsFilesAreUnpreservedKeepsTheOthersDetached() throws LiveUpdateException {
        generation.calls.once("h.unpreserve", context -> provider.stop());
        assertErrno(Errno.ENODEV, () -> generation.core.agents().close(session));
        assertEquals(List.of(1L), generation.core.agents().tokens(session));
        closeAllWithTheOwner();
    }

    @Test
    void aLateFileIsNotHandedToAStranger() throws Throwable {
        generation.core.agents().close(session);
        session = generation.session("late");
        Hang hang = Hang.in(generation.calls, "h.preserve");
        hang.enter(() -> generation.preserve(session, 3, "h"));
        provider.stop();
        HandlerRuntime stranger = new HandlerRuntime("h", new MockHandler("h", generation.calls),
                generation.module("stranger"));
        generation.core.registry().register(stranger);
        hang.leave();
        assertErrno(Errno.ENODEV, () -> generation.core.agents().close(session));
        generation.core.owners().leave(List.of(stranger), List.of());
        closeAllWithTheOwner();
    }

    @Test
    void whoeverIsGoingTakesNothingOver() throws LiveUpdateException {
        provider.stop();
        Provider next = unregistered("p");
        generation.calls.fail("next.retrieve", Errno.EPROTO);
        generation.core.registry().offer(next.flb);
        generation.core.owners().moduleState(next.module, Module.State.GOING);
        generation.calls.take();
        assertErrno(Errno.EAGAIN, () -> generation.core.registry().register(next.handler));
        generation.core.registry().offer(next.flb);
        assertEquals(List.of(), generation.calls.take());
        assertEquals(State.DETACHED, next.flb.outgoing.state);
        next.stop();
        closeAllWithTheOwner();
    }

    @Test
    void whoWaitsForAnFlbWhoseOwnerLeavesIsRefused() throws Throwable {
        generation.core.agents().close(session);
        session = generation.session("first");
        OutgoingSession second = generation.session("second");
        Hang hang = Hang.in(generation.calls, "v1.preserve");
        hang.enter(() -> assertErrno(Errno.ETIMEDOUT, () -> generation.preserve(session, 1, "h")));
        Other waiting = Other.thread(
                () -> assertErrno(Errno.ENODEV, () -> generation.preserve(second, 1, "h"))).untilItWaits();
        generation.core.owners().leave(List.of(), List.of(provider.flb));
        waiting.join();
        hang.leave();
        generation.core.agents().close(second);
        generation.core.owners().leave(List.of(provider.handler), List.of());
        closeAllWithTheOwner();
    }

    @Test
    void anInterruptDoesNotCutDetachingShort() throws LiveUpdateException {
        Thread.currentThread().interrupt();
        provider.stop();
        assertTrue(Thread.interrupted());
        assertEquals(State.DETACHED, generation.core.names().standing("a").outgoing.state);
        closeAllWithTheOwner();
    }

    @Test
    void aHandlerThatLeavesWhileItTakesHoldOfAFileHasRetrievedNothing() throws LiveUpdateException {
        provider.stop();
        Provider next = unregistered("p");
        generation.calls.once("h.hold", context -> next.stop());
        generation.core.registry().register(next.handler);
        assertTrue(session.newest().isDetached());
        assertEquals(0, next.references());
        closeAllWithTheOwner();
    }

    @Test
    void aRetrieveThatReturnsNothingHasFailed() throws LiveUpdateException {
        provider.stop();
        HandlerRuntime forgetful = new HandlerRuntime("h", new Forgetful(), unregistered("p").module);
        generation.core.registry().register(forgetful);
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> generation.core.agents().close(session));
        assertTrue(refusal.getMessage().contains("retrieve returned null"), refusal.getMessage());
        generation.core.owners().leave(List.of(forgetful), List.of());
        closeAllWithTheOwner();
    }

    @Test
    void anFlbThatOnlyAnothersFilesNeedIsDetachedAlone() throws LiveUpdateException {
        generation.core.agents().close(session);
        session = generation.session("others");
        HandlerRuntime other = generation.handler("k");
        generation.core.registry().link(other, provider.flb);
        generation.preserve(session, 1, "k");
        generation.calls.take();
        provider.stop();
        assertEquals(List.of("v1.detach"), generation.calls.take());
        closeAllWithTheOwner();
    }

    @Test
    void anFlbThatCouldNotTakeOverTakesNoNewFiles() throws LiveUpdateException {
        provider.stop();
        generation.calls.fail("next.retrieve", Errno.EPROTO);
        Provider next = unregistered("p").register();
        HandlerRuntime other = generation.handler("k");
        generation.core.registry().link(other, next.flb);
        OutgoingSession more = generation.session("more");
        assertErrno(Errno.ENODEV, () -> generation.preserve(more, 1, "k"));
        generation.core.owners().moduleState(next.module, Module.State.GOING);
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> generation.preserve(more, 1, "k"));
        assertTrue(refusal.getMessage().contains("detached since"), refusal.getMessage());
        generation.core.agents().close(more);
        next.stop();
        closeAllWithTheOwner();
    }

    @Test
    void aRetrieveThatOutlastsTheDeadlineHasNotTakenOver() throws Throwable {
        try (Generation patient = Generation.first(Settings.DEFAULT, new Calls(), directory)) {
            Provider first = new Provider(patient, "p", "v1").register();
            OutgoingSession held = patient.session("s");
            patient.preserve(held, 1, "h");
            first.stop();
            Provider next = new Provider(patient, "p", "v2");
            Hang hang = Hang.in(patient.calls, "v2.retrieve");
            hang.enter(next::register);
            for (int i = 0; i < 8; i++) {
                patient.core.watchdog().tick();
            }
            assertEquals(State.DETACHED, next.flb.outgoing.state);
            hang.leave();
            assertEquals(State.DETACHED, next.flb.outgoing.state, "a late result is thrown away");
            next.stop();
            new Provider(patient, "p", "v3").register();
            patient.core.agents().close(held);
            Balance.assertNothingIsHeld(patient);
        }
    }

    @Test
    void handlersThatWereThereBeforeTheImageAreLookedAtAsClosely() throws LiveUpdateException, IOException {
        ImageModel model = new ImageModel(1, List.of(), List.of(new ImageModel.SessionEntry("s",
                List.of(new ImageModel.FileEntry("h", 8, 1, List.of(), 0, "p")))));
        for (boolean going : List.of(true, false)) {
            try (Generation early = Generation.first(Settings.DEFAULT)) {
                String owner = going ? "p" : "stranger";
                early.core.registry().register(
                        new HandlerRuntime("h", new MockHandler("h", early.calls), early.module(owner)));
                if (going) {
                    early.module(owner, Module.State.GOING);
                }
                early.core.handover().inherit(model);
                early.core.open();
                assertErrno(going ? Errno.ENODEV : Errno.EPERM,
                        () -> early.core.agents().retrieve(early.incomingSession("s"), 1));
            }
        }
    }
}
