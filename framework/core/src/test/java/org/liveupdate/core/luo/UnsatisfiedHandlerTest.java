package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** Handlers that declare their FLBs: no file is preserved without the state it depends on. */
class UnsatisfiedHandlerTest {
    private final Generation generation = Generation.first();
    private final Registry registry = generation.core.registry();
    private final FlbRuntime a = generation.flb("a");
    private final FlbRuntime b = generation.flb("b");

    private HandlerRuntime declaring(String... flbs) throws LiveUpdateException {
        HandlerRuntime handler = generation.handler("h");
        registry.declare(handler, List.of(flbs));
        return handler;
    }

    @Test
    void preservingAFileNamesTheFlbThatIsMissingAndTouchesNothing() throws LiveUpdateException {
        HandlerRuntime handler = declaring("a", "b");
        registry.link(handler, a);
        OutgoingSession session = generation.session("s");
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> generation.preserve(session, 1, "h"));
        assertTrue(refusal.getMessage().contains("[b]"), refusal::getMessage);
        assertEquals(List.of("h.can_preserve"), generation.calls.take());
        generation.core.agents().close(session);
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void aFileOfAnUnsatisfiedHandlerThatIsPreservedAlreadyIsBusy() throws LiveUpdateException {
        HandlerRuntime handler = declaring("a");
        registry.link(handler, a);
        OutgoingSession session = generation.session("s");
        MockFile file = generation.preserve(session, 1, "h");
        registry.unlink(handler, a);
        assertErrno(Errno.EBUSY, () -> generation.core.agents().preserve(session, 2, file));
        assertErrno(Errno.ENODEV, () -> generation.preserve(session, 2, "h"));
    }

    @Test
    void filesArePreservedInDeclaredOrderHoweverTheFlbsCame() throws LiveUpdateException {
        HandlerRuntime handler = declaring("a", "b");
        registry.link(handler, b);
        registry.link(handler, a);
        assertArrayEquals(new FlbRuntime[]{a, b}, handler.links());
        generation.preserve(generation.session("s"), 1, "h");
        assertEquals(List.of("h.can_preserve", "a.preserve", "b.preserve", "h.preserve h1"), generation.calls.take());
    }

    @Test
    void anotherListConcernsOnlyLaterFiles() throws LiveUpdateException {
        HandlerRuntime handler = declaring("a", "b");
        registry.link(handler, a);
        registry.link(handler, b);
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        registry.declare(handler, List.of("b"));
        registry.unlinkOthers(handler, List.of("b"));
        generation.preserve(session, 2, "h");
        assertEquals(List.of(1L, 2L), List.of(a.outgoing.files, b.outgoing.files));
        generation.core.agents().close(session);
        Balance.assertNothingIsHeld(generation, a, b);
    }

    @Test
    void whatADeclaredNameWantsIsAnFlbThatIsNotLinkedYet() throws LiveUpdateException {
        HandlerRuntime handler = declaring("a");
        assertTrue(registry.wants(handler, a));
        assertFalse(registry.wants(handler, b));
        registry.link(handler, a);
        assertFalse(registry.wants(handler, a));
        assertEquals(List.of(), handler.missing());
    }

    @Test
    void theNameOfAnUnlinkedFlbIsCheckedLikeAnyOthers() throws LiveUpdateException {
        registry.link(declaring("a"), a);
        registry.offer(a);
        registry.offer(b);
        assertErrno(Errno.EEXIST, () -> registry.offer(generation.flb("a", "another")));
        assertErrno(Errno.EINVAL, () -> registry.offer(generation.flb("", "another")));
        assertErrno(Errno.EINVAL, () -> registry.offer(generation.flb("n".repeat(48), "another")));
        assertErrno(Errno.EINVAL, () -> registry.offer(generation.flb("tab\there", "another")));
    }

    @Test
    void aHandlerWithoutACompatibleStringIsRefused() {
        HandlerRuntime nameless = new HandlerRuntime(null, new MockHandler("h", generation.calls),
                generation.module("h"));
        LiveUpdateException refusal = assertErrno(Errno.EINVAL, () -> registry.register(nameless));
        assertTrue(refusal.getMessage().endsWith("not null"), refusal::getMessage);
    }
}
