package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;

/** What the core writes down while owners come and go and state changes hands. */
class EventsTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofSeconds(1));

    @TempDir
    Path directory;
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

    private Event last() {
        return generation.events.get(generation.events.size() - 1);
    }

    @Test
    void anOwnerThatLeavesAndComesBackIsWrittenDownTwice() throws LiveUpdateException {
        provider.stop();
        assertEquals(EventId.DETACHED, last().id());
        assertTrue(last().text().contains("2 files of handler h") && last().text().contains("FLB a"), last()::text);
        new Provider(generation, "p", "v2").register();
        assertEquals(List.of(EventId.DETACHED, EventId.ATTACHED, EventId.ATTACHED), generation.happened());
        assertTrue(generation.events.stream().map(Event::text)
                .anyMatch(text -> text.startsWith("2 files of outgoing session \"s\" were taken over by")));
        assertEquals(Event.OK, last().result());
    }

    @Test
    void anOwnerThatDoesNotEndInTimeIsWrittenDownAsRevoked() throws Throwable {
        Hang detaching = Hang.in(generation.calls, "h.detach");
        provider.stop();
        Event revoked = generation.events.stream().filter(event -> event.id() == EventId.REVOKED).findFirst()
                .orElseThrow();
        assertEquals("ETIMEDOUT", revoked.result());
        RuntimeDTO dto = new RuntimeDTO();
        Snapshot.fill(generation.core, List.of(), dto);
        assertEquals(0, dto.callbacks.length, "what still runs in there is nobody's any more");
        detaching.letGo();
    }

    @Test
    void anOwnerThatLeavesAnOrderlyStopIsNotWrittenDownAsLate() throws LiveUpdateException {
        generation.core.handover().freeze();
        provider.stop();
        assertEquals(List.of(EventId.DETACHED), generation.happened());
        assertTrue(last().text().contains("left after everything was frozen"), last()::text);
    }

    @Test
    void anOwnerOfNothingThatIsInUseLeavesWithoutAWord() throws LiveUpdateException {
        generation.core.agents().close(session);
        provider.stop();
        assertEquals(List.of(), generation.events);
    }

    @Test
    void theEndOfEverythingThatWasHandedOverIsWrittenDownOnce() throws Exception {
        generation = generation.kexec();
        new Provider(generation, "p", "v1").register();
        assertFalse(generation.core.overview().isIncomingFinished());
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().finish(incoming);
        assertTrue(generation.core.overview().isIncomingFinished());
        generation.core.agents().finish(incoming);
        assertEquals(List.of(EventId.INCOMING_FINISHED), generation.happened());
        assertTrue(generation.core.timeline().isFinished());
    }

    @Test
    void theEndOfOneOfTwoSessionsIsNotTheEndOfEverything() throws Exception {
        generation.preserve(generation.session("t"), 3, "h");
        generation = generation.kexec();
        new Provider(generation, "p", "v1").register();
        generation.core.agents().finish(generation.incomingSession("s"));
        assertEquals(List.of(), generation.happened());
        generation.core.agents().finish(generation.incomingSession("t"));
        assertEquals(List.of(EventId.INCOMING_FINISHED), generation.happened());
    }

    @Test
    void anIncomingOwnerThatComesBackIsWrittenDown() throws Exception {
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v1").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().retrieve(incoming, 1);
        generation.get("a", Side.INCOMING).close();
        first.stop();
        new Provider(generation, "p", "v2").register();
        generation.get("a", Side.INCOMING).close();
        List<String> attached = generation.events.stream().filter(event -> event.id() == EventId.ATTACHED)
                .map(Event::text).toList();
        assertTrue(attached.stream().anyMatch(text -> text.startsWith("1 files of incoming session")),
                attached::toString);
        assertTrue(attached.stream().anyMatch(text -> text.contains("took over what was handed over")),
                attached::toString);
    }

    @Test
    void theHistoryKeepsNothingButText() throws LiveUpdateException {
        generation.calls.crash("h.unpreserve");
        generation.core.agents().close(session);
        Event failed = generation.core.journal().history().list().get(0);
        assertEquals(EventId.CALLBACK_FAILED, failed.id());
        assertEquals("EIO", failed.result());
        assertEquals(1, failed.sequence());
        assertEquals("handler h of p v1", failed.subject());
    }

    @Test
    void whatAFreezeTookIsKnownPerProvider() throws LiveUpdateException {
        generation.calls.fail("v1.freeze", Errno.EAGAIN);
        assertErrno(Errno.EAGAIN, generation.core.handover()::freeze);
        List<CallbackTimes.Times> times = generation.core.timeline().freezing().list();
        assertEquals(List.of("HANDLER h freeze 2 0", "FLB a freeze 1 1", "HANDLER h unfreeze 2 0"),
                times.stream().map(EventsTest::text).toList());
        assertTrue(times.stream().allMatch(each -> each.began() <= each.ended() && each.longest() <= each.total()));
    }

    @Test
    void aHandlerAndAnFlbOfTheSameNameAreToldApart() throws LiveUpdateException {
        generation.core.agents().close(session);
        generation.handler("k", generation.flb("k"));
        generation.preserve(generation.session("t"), 1, "k");
        generation.core.handover().freeze();
        assertEquals(List.of("HANDLER k freeze 1 0", "FLB k freeze 1 0"),
                generation.core.timeline().freezing().list().stream().map(EventsTest::text).toList());
    }

    @Test
    void whatTakingOverTookIsKnownPerProvider() throws Exception {
        generation = generation.kexec();
        new Provider(generation, "p", "v1").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().retrieve(incoming, 1);
        generation.core.agents().finish(incoming);
        assertEquals(List.of("HANDLER h retrieve 1 0", "HANDLER h can_finish 2 0", "HANDLER h finish 2 0",
                "FLB a retrieve 1 0", "FLB a finish 1 0"),
                generation.core.timeline().taking().list().stream()
                        .map(EventsTest::text).toList());
    }

    private static String text(CallbackTimes.Times times) {
        return times.kind() + ' ' + times.compatible() + ' ' + times.callback() + ' ' + times.calls() + ' '
                + times.failed();
    }
}
