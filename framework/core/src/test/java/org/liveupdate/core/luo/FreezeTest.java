package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.journal.EventId;

/** The order of freezing and of taking it back, and what is refused meanwhile. */
class FreezeTest {
    private final Generation generation = Generation.first();
    private final Orchestrator core = generation.core;
    private final Calls calls = generation.calls;
    private final FlbRuntime a = generation.flb("a");
    private final FlbRuntime b = generation.flb("b");
    private OutgoingSession first;
    private OutgoingSession second;

    @BeforeEach
    void twoSessionsWithFilesOfTwoKinds() throws LiveUpdateException {
        generation.handler("h", a);
        generation.handler("k", b, a);
        first = generation.session("first");
        second = generation.session("second");
        generation.preserve(second, 3, "k");
        generation.preserve(first, 1, "h");
        generation.preserve(first, 2, "k");
        calls.take();
    }

    @Test
    void sessionsFreezeInOrderOfCreationFilesOldestFirstAndFlbsLast() throws LiveUpdateException {
        core.handover().freeze();
        assertEquals(List.of("h.freeze h1", "k.freeze k2", "k.freeze k3", "a.freeze", "b.freeze"), calls.take());
    }

    @Test
    void takingBackRunsInExactReverse() throws LiveUpdateException {
        core.handover().freeze();
        calls.take();
        core.handover().unfreeze();
        assertEquals(List.of("b.unfreeze", "a.unfreeze", "k.unfreeze k3", "k.unfreeze k2", "h.unfreeze h1"),
                calls.take());
    }

    @Test
    void theVetoOfAnFlbUnfreezesWhatWasFrozenBeforeItButNotItself() {
        calls.fail("b.freeze", Errno.EAGAIN);
        assertErrno(Errno.EAGAIN, core.handover()::freeze);
        assertEquals(List.of("h.freeze h1", "k.freeze k2", "k.freeze k3", "a.freeze", "b.freeze", "a.unfreeze",
                "k.unfreeze k3", "k.unfreeze k2", "h.unfreeze h1"), calls.take());
    }

    @Test
    void theVetoOfAFileUnfreezesTheFilesBeforeItAndAsksNoFlb() {
        calls.fail("k.freeze", Errno.ENOMEM);
        assertErrno(Errno.ENOMEM, core.handover()::freeze);
        assertEquals(List.of("h.freeze h1", "k.freeze k2", "h.unfreeze h1"), calls.take());
    }

    @Test
    void afterAVetoEverythingGoesOnAndTheNextAttemptSucceeds() throws LiveUpdateException {
        calls.fail("a.freeze", Errno.EAGAIN);
        assertErrno(Errno.EAGAIN, core.handover()::freeze);
        generation.preserve(second, 4, "h");
        ImageModel image = core.handover().freeze();
        assertEquals(List.of(4L, 2L), image.flbs().stream().map(ImageModel.FlbEntry::files).toList());
    }

    @Test
    void anFlbThatOnlyAHandleKeepsIsNeitherFrozenNorHandedOver() throws LiveUpdateException {
        FlbHandle<String> handle = generation.get("b", Side.OUTGOING);
        core.agents().close(second);
        core.agents().close(first);
        generation.preserve(generation.session("third"), 1, "h");
        calls.take();
        ImageModel image = core.handover().freeze();
        assertEquals(List.of("h.freeze h1", "a.freeze"), calls.take());
        assertEquals(List.of("a"), image.flbs().stream().map(ImageModel.FlbEntry::name).toList());
        core.handover().unfreeze();
        handle.close();
        core.agents().close(core.agents().openSession("third"));
        Balance.assertNothingIsHeld(generation, b);
    }

    @Test
    void unfreezeCannotBeStopped() throws LiveUpdateException {
        core.handover().freeze();
        calls.take();
        calls.crash("b.unfreeze");
        calls.crash("k.unfreeze");
        core.handover().unfreeze();
        assertEquals(List.of("b.unfreeze", "a.unfreeze", "k.unfreeze k3", "k.unfreeze k2", "h.unfreeze h1"),
                calls.take());
        assertEquals(List.of(EventId.CALLBACK_FAILED, EventId.CALLBACK_FAILED), generation.happened());
        core.agents().close(first);
        core.agents().close(second);
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void nothingChangesASessionUntilItIsTakenBack() throws LiveUpdateException {
        core.handover().freeze();
        assertErrno(Errno.EBUSY, () -> generation.preserve(first, 9, "h"));
        assertErrno(Errno.EBUSY, () -> core.agents().close(first));
        assertErrno(Errno.EBUSY, () -> core.agents().finish(first));
        assertErrno(Errno.EBUSY, () -> core.agents().createSession("third"));
        assertErrno(Errno.EBUSY, () -> core.agents().retrieveSession("third"));
        assertErrno(Errno.EBUSY, core.handover()::freeze);
        core.handover().unfreeze();
        generation.preserve(first, 9, "h");
        core.agents().close(first);
        core.agents().close(second);
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void handlesAndTheRegistryGoOnWhileFrozen() throws LiveUpdateException {
        core.handover().freeze();
        generation.get("a", Side.OUTGOING).close();
        generation.lock("a", Side.OUTGOING).close();
        generation.handler("late", generation.flb("late"));
        assertEquals(List.of("first", "second"), core.agents().sessionNames(Side.OUTGOING));
    }

    @Test
    void insideFreezeEveryChangeOfASessionIsADeadlock() throws LiveUpdateException {
        calls.once("a.freeze", context -> {
            assertErrno(Errno.EDEADLK, () -> generation.preserve(first, 9, "h"));
            assertErrno(Errno.EDEADLK, () -> core.agents().close(second));
            assertErrno(Errno.EDEADLK, () -> core.agents().createSession("third"));
            assertErrno(Errno.EDEADLK, () -> core.agents().retrieveSession("third"));
            assertErrno(Errno.EDEADLK, core.handover()::freeze);
            throw new LiveUpdateException(Errno.EPROTO, "all were refused");
        });
        assertErrno(Errno.EPROTO, core.handover()::freeze);
    }

    @Test
    void otherThreadsAreToldThatALiveUpdateIsUnderWay() throws LiveUpdateException {
        calls.once("h.freeze", context -> {
            try {
                Other.run(() -> {
                    assertErrno(Errno.EBUSY, () -> generation.preserve(second, 9, "h"));
                    assertErrno(Errno.EBUSY, () -> core.agents().createSession("third"));
                    assertErrno(Errno.EBUSY, core.handover()::freeze);
                });
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            throw new LiveUpdateException(Errno.EPROTO, "all were refused");
        });
        assertErrno(Errno.EPROTO, core.handover()::freeze);
    }
}
