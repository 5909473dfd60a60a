package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** Counted handles of either side. */
class FlbHandleTest {
    private static final FlbKey<String> KEY = MockFlb.key("a");

    private final Generation generation = Generation.first();
    private final Orchestrator core = generation.core;
    private final Calls calls = generation.calls;
    private final FlbRuntime flb = generation.flb("a");
    private OutgoingSession session;

    @BeforeEach
    void preserveAFile() throws LiveUpdateException {
        generation.handler("h", flb);
        session = generation.session("s");
        generation.preserve(session, 1, "h");
        calls.take();
    }

    private FlbHandle<String> open() throws LiveUpdateException {
        return generation.get("a", Side.OUTGOING);
    }

    @Test
    void closingTwiceDoesNothing() throws LiveUpdateException {
        FlbHandle<String> first = open();
        FlbHandle<String> second = open();
        first.close();
        first.close();
        assertEquals(1, flb.handles(Side.OUTGOING));
        assertEquals("a preserved 1", second.get());
        second.close();
        assertEquals(0, flb.handles(Side.OUTGOING));
    }

    @Test
    void aClosedHandleHasNoObject() throws LiveUpdateException {
        FlbHandle<String> handle = open();
        handle.close();
        assertErrno(Errno.EBADF, handle::get);
    }

    @Test
    void anObjectOfAnotherTypeIsRefusedAndLeavesNoHandleBehind() {
        LiveUpdateException refusal = assertErrno(Errno.EINVAL,
                () -> core.agents().get(new FlbKey<>("a", Integer.class), Side.OUTGOING,
                        generation.module("the asker")));
        assertTrue(refusal.getMessage().contains("the asker") && refusal.getMessage().contains("FLB a of a"),
                refusal::getMessage);
        assertEquals(0, flb.handles(Side.OUTGOING));
        assertEquals(1, generation.references("a"), "the file's");
    }

    @Test
    void whatNoFileDependsOnHasNoOutgoingHandles() throws LiveUpdateException {
        core.agents().close(session);
        assertErrno(Errno.ENOENT, this::open);
        assertErrno(Errno.ENOENT, () -> generation.get("unknown", Side.OUTGOING));
    }

    @Test
    void anOpenHandleDelaysUnpreserveUntilItIsClosed() throws LiveUpdateException {
        FlbHandle<String> handle = open();
        core.agents().close(session);
        assertEquals(List.of("h.unpreserve h1"), calls.take());
        assertEquals("a preserved 1", handle.get());
        handle.close();
        assertEquals(List.of("a.unpreserve"), calls.take());
        Balance.assertNothingIsHeld(generation, flb);
    }

    @Test
    void eachOpenHandleHoldsAReferenceOnTheModuleOfItsFlb() throws LiveUpdateException {
        FlbHandle<String> handle = open();
        assertEquals(2, generation.references("a"));
        handle.close();
        assertEquals(1, generation.references("a"));
    }

    @Test
    void anFlbOfALeavingModuleGivesOutNoHandles() {
        generation.module("a", Module.State.GOING);
        assertErrno(Errno.ENODEV, this::open);
    }

    @Test
    void anFlbIsNotAccessibleInsideItsOwnCallbacks() throws LiveUpdateException {
        List<Errno> seen = new ArrayList<>();
        FlbHandle<String> handle = open();
        calls.once("a.freeze", context -> {
            seen.add(assertErrno(Errno.EDEADLK, () -> context.getOutgoing(KEY)).errno());
            seen.add(assertErrno(Errno.EDEADLK, () -> context.getIncoming(KEY)).errno());
            seen.add(assertErrno(Errno.EDEADLK, () -> generation.lock("a", Side.OUTGOING)).errno());
            seen.add(assertErrno(Errno.EDEADLK, handle::close).errno());
        });
        core.handover().freeze();
        assertEquals(4, seen.size());
        core.handover().unfreeze();
        assertEquals("a preserved 1", handle.get(), "what could not be closed is open");
        handle.close();
        assertEquals(0, flb.handles(Side.OUTGOING));
    }

    @Test
    void theHandlesOfABundleThatIsGoneAreClosedForIt() throws LiveUpdateException {
        FlbHandle<String> first = open();
        FlbHandle<String> second = open();
        FlbHandle<String> others = core.agents().get(KEY, Side.OUTGOING, generation.module("another bundle"));
        core.agents().close(session);
        core.agents().closeHandlesOf(generation.module("test"));
        assertEquals(1, flb.handles(Side.OUTGOING));
        assertErrno(Errno.EBADF, first::get);
        second.close();
        assertEquals("a preserved 1", others.get());
        calls.take();
        others.close();
        assertEquals(List.of("a.unpreserve"), calls.take());
        Balance.assertNothingIsHeld(generation, flb);
    }

    @Test
    void theLastHandlesOfABundleThatIsGoneEndTheStateTheyKept() throws LiveUpdateException {
        open();
        core.agents().close(session);
        calls.take();
        core.agents().closeHandlesOf(generation.module("test"));
        assertEquals(List.of("a.unpreserve"), calls.take());
        Balance.assertNothingIsHeld(generation, flb);
    }

    @Test
    void aBundleThatComesBackOpensHandlesAnew() throws LiveUpdateException {
        FlbHandle<String> lost = open();
        core.agents().closeHandlesOf(generation.module("test"));
        FlbHandle<String> again = open();
        assertEquals(1, flb.handles(Side.OUTGOING));
        lost.close();
        assertEquals(1, flb.handles(Side.OUTGOING));
        again.close();
    }

    @Test
    void aModuleThatComesBackLetsHandlesInAgain() throws LiveUpdateException {
        open().close();
        generation.module("a", Module.State.GOING);
        assertErrno(Errno.ENODEV, this::open);
        generation.module("a", Module.State.LIVE);
        open().close();
        assertEquals(1, generation.references("a"));
    }

    @Test
    void anObjectThatIsReplacedByNullIsGivenOutNoMore() throws LiveUpdateException {
        FlbHandle<String> before = open();
        try (FlbLock<String> lock = generation.lock("a", Side.OUTGOING)) {
            lock.replace(null);
        }
        assertNull(before.get());
        assertErrno(Errno.ENOENT, this::open);
        before.close();
        core.agents().close(session);
        Balance.assertNothingIsHeld(generation, flb);
    }

    @Test
    void aCallbackMayUseTheObjectOfAnotherFlb() throws LiveUpdateException {
        List<String> seen = new ArrayList<>();
        calls.on("other.preserve", context -> {
            try (FlbHandle<String> handle = context.getOutgoing(KEY)) {
                seen.add(handle.get());
                seen.add(handle.toString());
            }
        });
        generation.handler("k", generation.flb("other"));
        generation.preserve(session, 2, "k");
        assertEquals(List.of("a preserved 1", "handle of other 1.0 on outgoing FLB a of a 1.0"), seen);
        assertEquals(1, generation.references("a"));
    }

    @Test
    void anIncomingHandleOfANullObjectIsLegal() throws Exception {
        try (Generation next = generation.kexec()) {
            next.core.owners().offer(new FlbRuntime("a", new KernelNull(), next.module("a")));
            try (FlbHandle<String> handle = next.get("a", Side.INCOMING)) {
                assertNull(handle.get());
            }
        }
    }

    @Test
    void anIncomingFlbWithoutAProviderIsNamed() throws Exception {
        try (Generation next = generation.kexec()) {
            assertErrno(Errno.ENODEV, () -> next.get("a", Side.INCOMING));
            LiveUpdateException absent = assertErrno(Errno.ENOENT,
                    () -> next.get("absent", Side.INCOMING));
            assertTrue(absent.getMessage().contains("[a]"), absent::getMessage);
        }
    }

    @Test
    void everyAccessorIsRefusedWhenLiveUpdateIsOff() {
        Orchestrator off =
                new Orchestrator(Settings.DEFAULT.disabled(), event -> generation.warnings.add(event.text()));
        for (Side side : Side.values()) {
            assertErrno(Errno.EOPNOTSUPP, () -> off.agents().get(KEY, side, generation.module("test")));
            assertErrno(Errno.EOPNOTSUPP, () -> off.agents().lock(KEY, side, generation.module("test")));
        }
        assertErrno(Errno.EOPNOTSUPP, () -> off.agents().discard("a"));
        assertErrno(Errno.EOPNOTSUPP, off.handover()::freeze);
        assertErrno(Errno.EOPNOTSUPP, () -> off.agents().openSession("s"));
    }

    @Test
    void aCallbackMayUseWhatWasHandedOverToAnotherFlb() throws Exception {
        generation.handler("k", generation.flb("other"));
        generation.preserve(generation.session("more"), 1, "k");
        try (Generation next = generation.kexec()) {
            next.handler("h", next.flb("a"));
            next.handler("k", next.flb("other"));
            List<String> seen = new ArrayList<>();
            next.calls.once("a.retrieve", context -> {
                try (FlbHandle<String> handle = context.getIncoming(MockFlb.key("other"))) {
                    seen.add(handle.get());
                }
            });
            next.get("a", Side.INCOMING).close();
            assertEquals(List.of("other retrieved 100"), seen);
        }
    }

    @Test
    void aBundleThatClosedItsHandlesBeforeItWasGoneEndsNothing() throws Exception {
        try (Generation next = generation.kexec()) {
            next.handler("h", next.flb("a"));
            next.get("a", Side.INCOMING).close();
            next.core.agents().close(next.incomingSession("s"));
            next.core.agents().closeHandlesOf(next.module("test"));
            assertEquals(1, next.calls.count("a.finish"));
            Balance.assertNothingIsHeld(next);
        }
    }
}
