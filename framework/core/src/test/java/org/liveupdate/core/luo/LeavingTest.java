package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;

/** A generation that ends before it has finished what was handed over to it: the next one gets it once more. */
class LeavingTest {
    @TempDir
    Path directory;
    private Generation generation;
    /** The one before. */
    private Generation left;

    @BeforeEach
    void filesAreHandedOver() throws Exception {
        generation = Generation.first(Generation.SETTINGS, new Calls(), directory);
        register();
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        generation.preserve(session, 2, "h");
        generation.preserve(session, 3, "h");
        generation = generation.kexec();
        register();
        generation.calls.take();
    }

    private void register() throws Exception {
        generation.handler("h", generation.flb("a"), generation.flb("b"));
        generation.handler("plain");
    }

    private void stopAndStart() throws Exception {
        left = generation;
        generation = left.later();
        register();
    }

    @Test
    void retrievedFilesAreDetachedNewestFirstThenTheFlbsThatAreLive() throws Exception {
        IncomingSession session = generation.incomingSession("s");
        generation.core.agents().retrieve(session, 1);
        generation.core.agents().retrieve(session, 2);
        generation.get("a", Side.INCOMING).close();
        generation.calls.take();
        stopAndStart();
        assertEquals(List.of("h.detach h2", "h.detach h1", "a.detach"), generation.calls.take());
        IncomingSession again = generation.incomingSession("s");
        for (long token = 1; token <= 3; token++) {
            assertEquals("h" + token, generation.core.agents().retrieve(again, token).toString());
        }
        generation.core.agents().close(again);
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void whatIsFinishedIsNotHandedOverAgain() throws Exception {
        generation.get("a", Side.INCOMING);
        generation.core.agents().finish(generation.incomingSession("s"));
        generation.calls.take();
        stopAndStart();
        assertEquals(List.of(), generation.calls.take(), "a handle keeps the object, no file needs it");
        assertEquals(List.of(), generation.core.agents().sessionNames(Side.INCOMING));
        assertErrno(Errno.ENOENT, () -> generation.get("a", Side.INCOMING));
    }

    @Test
    void anOutgoingSessionOfTheSameNameStaysOutgoing() throws Exception {
        generation.preserve(generation.session("s"), 7, "plain");
        assertStaysOutgoing("s");
    }

    @Test
    void anOutgoingSessionOverTheSameFlbsStaysOutgoing() throws Exception {
        generation.preserve(generation.session("other"), 7, "h");
        assertStaysOutgoing("other");
    }

    private void assertStaysOutgoing(String name) throws Exception {
        stopAndStart();
        assertEquals(2, generation.core.handover().number());
        assertEquals(List.of("s"), generation.core.agents().sessionNames(Side.INCOMING));
        assertEquals(List.of(name), generation.core.agents().sessionNames(Side.OUTGOING));
        SessionState outgoing = generation.core.agents().openSession(name);
        assertEquals(List.of(7L), generation.core.agents().tokens(outgoing));
        generation.core.agents().close(outgoing);
        IncomingSession incoming = generation.incomingSession("s");
        assertEquals(List.of(1L, 2L, 3L), generation.core.agents().tokens(incoming));
        generation.core.agents().close(incoming);
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void bothSidesGoAlongWhereNothingHasTheSameName() throws Exception {
        generation.preserve(generation.session("other"), 7, "plain");
        stopAndStart();
        assertEquals(List.of("s", "other"), generation.core.agents().sessionNames(Side.INCOMING));
    }

    @Test
    void moreFlbsThanOnePageHoldsStayOnBothSides() throws Exception {
        generation.core.registry().handlers().forEach(generation.core.registry()::unregister);
        FlbRuntime[] many = new FlbRuntime[LiveUpdateConstants.LUO_FLB_MAX - 1];
        Arrays.setAll(many, i -> generation.flb("many-" + i));
        generation.handler("k", many);
        generation.preserve(generation.session("other"), 7, "k");
        generation = generation.later();
        assertEquals(List.of("s"), generation.core.agents().sessionNames(Side.INCOMING));
        assertEquals(List.of("other"), generation.core.agents().sessionNames(Side.OUTGOING));
        assertEquals(1, generation.core.names().standing("many-61").outgoing.files);
    }

    @Test
    void whatDoesNotFreezeGoesAlongAndIsWrittenDown() throws Exception {
        generation.preserve(generation.session("other"), 7, "plain");
        generation.calls.fail("plain.freeze", Errno.EIO);
        stopAndStart();
        Event goesAlong = left.event(EventId.GOES_ALONG);
        assertEquals("EIO", goesAlong.result());
        assertTrue(goesAlong.text().contains("goes along as it was preserved"), goesAlong::text);
        assertEquals("plain7", generation.core.agents().retrieve(generation.incomingSession("other"), 7).toString());
    }

    @Test
    void anFlbThatIsBusyWhenTheStopIsTakenBackIsReported() throws Throwable {
        Generation first = Generation.first(Generation.SETTINGS.withPatience(Duration.ofMillis(30)));
        first.handler("h", first.flb("a"));
        first.preserve(first.session("s"), 1, "h");
        try (Generation next = first.kexec()) {
            next.handler("h", next.flb("a"));
            next.preserve(next.session("outgoing"), 1, "h");
            next.core.handover().freezeForLater();
            Hang retrieving = Hang.in(next.calls, "a.retrieve").enter(() -> next.get("a", Side.INCOMING).close());
            next.core.handover().unfreeze();
            retrieving.leave();
            Event failed = next.event(EventId.CALLBACK_FAILED);
            assertTrue(failed.text().contains("FLB a of a 1.0 was not unfrozen"), failed::text);
            next.preserve(next.session("after"), 1, "h");
        }
    }
}
