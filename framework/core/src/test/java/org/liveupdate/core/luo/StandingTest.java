package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;

/** One FLB object at a time stands for a name, whatever changes while callbacks run. */
class StandingTest {
    private final Generation generation = Generation.first();
    private final Registry registry = generation.core.registry();
    private final FlbRuntime first = generation.flb("a", "first");
    private final FlbRuntime second = generation.flb("a", "second");

    @Test
    void anUnlinkedFlbInUseKeepsItsNameUntilItsLastFileIsGone() throws LiveUpdateException {
        HandlerRuntime handler = generation.handler("h", first);
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        registry.unlink(handler, first);
        LiveUpdateException refusal = assertErrno(Errno.EEXIST, () -> registry.link(handler, second));
        assertEquals(true, refusal.getMessage().contains("taken by first"), refusal::getMessage);
        generation.core.agents().close(session);
        registry.link(handler, second);
        Balance.assertNothingIsHeld(generation, first, second);
    }

    @Test
    void aFileIsNotPreservedWithAnFlbWhoseNameWasTakenMeanwhile() throws LiveUpdateException {
        HandlerRuntime handler = generation.handler("h", generation.flb("before"), first);
        HandlerRuntime other = generation.handler("other");
        generation.calls.once("before.preserve", context -> {
            registry.unlink(handler, first);
            registry.link(other, second);
        });
        OutgoingSession session = generation.session("s");
        assertErrno(Errno.EEXIST, () -> generation.preserve(session, 1, "h"));
        generation.preserve(session, 2, "h");
        generation.preserve(session, 3, "other");
        ImageModel image = TraceImages.throughBytes(generation.core.handover().freeze());
        assertEquals(List.of("before", "a"), image.flbs().stream().map(ImageModel.FlbEntry::name).toList());
        generation.core.handover().unfreeze();
        generation.core.agents().close(session);
        Balance.assertNothingIsHeld(generation, first, second);
    }

    @Test
    void anFlbThatCannotBeCalledNowIsFoundAsTheOneThatStands() throws LiveUpdateException {
        generation.handler("h", first);
        generation.core.owners().offer(second);
        generation.preserve(generation.session("s"), 1, "h");
        try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
            assertEquals("handle of test 1.0 on outgoing FLB a of first 1.0", handle.toString());
        }
    }

    @Test
    void whoIsUnlinkedWhileItIsCalledFinishesWhatItBegan() throws Exception {
        generation.handler("h", first);
        generation.preserve(generation.session("s"), 1, "h");
        try (Generation next = generation.kexec()) {
            FlbRuntime old = next.flb("a", "old");
            HandlerRuntime handler = next.handler("h", old);
            List<Errno> seen = new ArrayList<>();
            FlbRuntime late = next.flb("a", "late");
            next.calls.once("a.retrieve", context -> {
                next.core.registry().unlink(handler, old);
                seen.add(assertErrno(Errno.EEXIST, () -> next.core.registry().link(handler, late)).errno());
            });
            FlbHandle<String> handle = next.get("a", Side.INCOMING);
            assertEquals(List.of(Errno.EEXIST), seen);
            next.core.agents().close(next.incomingSession("s"));
            handle.close();
            next.core.registry().link(handler, late);
            Balance.assertNothingIsHeld(next, old, late);
        }
    }

    @Test
    void theLimitCountsEverythingThatIsUsedAndNothingElse() throws LiveUpdateException {
        HandlerRuntime handler = generation.handler("h");
        for (int i = 0; i < 63; i++) {
            registry.link(handler, generation.flb("flb" + i, "many"));
        }
        generation.core.owners().offer(generation.flb("offered"));
        assertErrno(Errno.ENOSPC, () -> registry.link(handler, first));
        assertErrno(Errno.ENOSPC, () -> registry.link(handler, generation.flb("flb1", "same name")));
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        FlbRuntime inUse = handler.links()[7];
        registry.unlink(handler, inUse);
        assertErrno(Errno.ENOSPC, () -> registry.link(handler, first));
        registry.link(generation.handler("k"), inUse);
        assertEquals(63, TraceImages.throughBytes(generation.core.handover().freeze()).flbs().size());
        generation.core.handover().unfreeze();
        registry.unlink(registry.handler("k"), inUse);
        generation.core.agents().close(session);
        registry.link(handler, first);
    }

    @Test
    void anFlbThatIsUnlinkedWhileItsFileIsOnTheWayIsPreservedAllTheSame() throws LiveUpdateException {
        HandlerRuntime handler = generation.handler("h", generation.flb("before"), first);
        generation.calls.once("before.preserve", context -> registry.unlink(handler, first));
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        assertEquals(OutgoingFlb.State.PRESERVED, first.outgoing.state);
        generation.core.agents().close(session);
        Balance.assertNothingIsHeld(generation, first);
    }

    @Test
    void anFlbThatIsLinkedInsideItsOwnCallbackRetrievesNothingThere() throws Exception {
        generation.handler("h", first);
        generation.preserve(generation.session("s"), 1, "h");
        try (Generation next = generation.kexec()) {
            FlbRuntime owner = next.flb("a");
            HandlerRuntime handler = next.handler("h");
            next.core.agents().close(next.incomingSession("s"));
            HandlerRuntime other = next.handler("other");
            next.calls.once("a.retrieve", context -> {
                next.core.registry().unlink(handler, owner);
                next.core.registry().link(other, owner);
            });
            next.calls.take();
            next.core.registry().link(handler, owner);
            assertEquals(List.of("a.retrieve", "a.finish"), next.calls.take());
            Balance.assertNothingIsHeld(next, owner);
        }
    }

    @Test
    void anOwnerThatFailedIsNotAskedAgainForWhatIsLeftOver() throws Exception {
        generation.handler("h", first);
        generation.preserve(generation.session("s"), 1, "h");
        try (Generation next = generation.kexec()) {
            FlbRuntime one = next.flb("a", "one");
            FlbRuntime two = next.flb("a", "two");
            HandlerRuntime handler = next.handler("h");
            for (FlbRuntime owner : List.of(one, two)) {
                next.core.registry().link(handler, owner);
                next.calls.fail("a.retrieve", Errno.EPROTO);
                assertErrno(Errno.EPROTO, () -> next.get("a", Side.INCOMING));
                next.core.registry().unlink(handler, owner);
            }
            next.core.agents().close(next.incomingSession("s"));
            next.calls.take();
            next.core.registry().link(handler, one);
            assertEquals(List.of(), next.calls.take());
            assertEquals(IncomingFlb.State.PENDING, next.entry("a").state);
        }
    }

    @Test
    void whatIsLeftOverAndCannotBeRetrievedIsWrittenDown() throws Exception {
        generation.handler("h", first);
        generation.preserve(generation.session("s"), 1, "h");
        try (Generation next = generation.kexec()) {
            next.handler("h", next.flb("a"));
            next.calls.fail("a.retrieve", Errno.EPROTO);
            next.core.agents().close(next.incomingSession("s"));
            Event leftOver = next.event(EventId.LEFT_OVER);
            assertEquals("EPROTO", leftOver.result());
            assertTrue(leftOver.text().contains("had no user before its last file"), leftOver::text);
        }
    }

    @Test
    void anOwnerThatIsGoingIsNotAskedForWhatIsLeftOver() throws Exception {
        generation.handler("h", first);
        generation.preserve(generation.session("s"), 1, "h");
        try (Generation next = generation.kexec()) {
            next.handler("h", next.flb("a"));
            next.module("a", Module.State.GOING);
            next.core.agents().close(next.incomingSession("s"));
            assertEquals(0, next.calls.count("a.retrieve"));
            assertEquals(IncomingFlb.State.PENDING, next.entry("a").state);
        }
    }
}
