package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;

/** Callbacks are seen while they run. Time passes when the test says so, in eighths of the deadline. */
class RunningCallbacksTest {
    private final Generation generation = Generation.first(Generation.SETTINGS.withPatience(Duration.ofMillis(80)));

    @BeforeEach
    void register() throws LiveUpdateException {
        generation.handler("h", generation.flb("a"));
    }

    private CallbackDTO[] running() {
        RuntimeDTO dto = new RuntimeDTO();
        Snapshot.fill(generation.core, List.of(), dto);
        return dto.callbacks;
    }

    private void eighths(int count) {
        for (int i = 0; i < count; i++) {
            generation.core.watchdog().tick();
        }
    }

    @Test
    void aCallbackOfAFileIsSeenWithItsSessionAndTokenAndThenNoMore() throws Throwable {
        OutgoingSession session = generation.session("s");
        Hang preserving = Hang.in(generation.calls, "h.preserve").enter(() -> generation.preserve(session, 7, "h"));
        assertEquals(1, running().length);
        CallbackDTO dto = running()[0];
        assertEquals(List.of("HANDLER", "h", "h 1.0", "preserve", "s", 7L, 0L, false), List.of(dto.kind, dto.compatible,
                dto.module, dto.callback, dto.session, dto.token, dto.millis, dto.slow));
        assertNull(dto.stack);
        preserving.leave();
        assertEquals(0, running().length);
    }

    @Test
    void aSlowCallbackOfAnFlbIsSeenWithItsStack() throws Throwable {
        OutgoingSession session = generation.session("s");
        Hang preserving = Hang.in(generation.calls, "a.preserve").enter(() -> generation.preserve(session, 7, "h"));
        eighths(5);
        CallbackDTO dto = running()[0];
        assertEquals(List.of("FLB", "a", "preserve", 50L, true),
                List.of(dto.kind, dto.compatible, dto.callback, dto.millis, dto.slow));
        assertTrue(dto.stack.startsWith("at ") && dto.stack.contains("Hang"), dto.stack);
        assertNull(dto.session);
        preserving.leave();
    }

    @Test
    void aSlowCallbackOfAFileIsReportedWithItsHandlerAndFile() throws Throwable {
        OutgoingSession session = generation.session("s");
        Hang preserving = Hang.in(generation.calls, "h.preserve").enter(() -> generation.preserve(session, 7, "h"));
        eighths(5);
        Event slow = generation.event(EventId.CALLBACK_SLOW);
        assertTrue(slow.text().startsWith("handler h of h 1.0: preserve of file 7 of the outgoing session"
                + " \"s\" has been running for half the callback deadline in thread"), slow::text);
        preserving.leave();
    }

    @Test
    void aCallbackInsideACallbackIsTheOneThatIsSeenUntilItReturns() throws Throwable {
        generation.preserve(generation.session("s"), 1, "h");
        generation.core.agents().preserve(generation.core.agents().openSession("s"), 2, new MockFile("h", 2));
        Generation next = generation.kexec();
        next.handler("h", next.flb("a"));
        IncomingSession incoming = next.incomingSession("s");
        next.calls.once("h.retrieve",
                context -> ((FileContext) context).file(2, MockFile.class));
        next.core.agents().retrieve(incoming, 1);
        assertNull(incoming.turn().calling());
    }
}
