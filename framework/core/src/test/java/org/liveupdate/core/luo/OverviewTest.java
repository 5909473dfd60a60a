package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;

/** What an orchestrator tells those who run it. */
class OverviewTest {
    private final Generation generation = Generation.first();
    private final Orchestrator core = generation.core;

    private List<String> preservedWith() {
        return core.overview().preservedWith().stream()
                .map(needed -> needed.provider() + ' ' + needed.files() + " of " + needed.owner()).toList();
    }

    @Test
    void whatIsPreservedDependsOnHandlersAndTheirFlbsEachToldOnce() throws LiveUpdateException {
        generation.handler("h", generation.flb("b"), generation.flb("a"));
        generation.handler("unused", generation.flb("c"));
        OutgoingSession session = generation.session("s");
        assertEquals(List.of(), preservedWith());
        assertFalse(core.overview().holdsFiles());
        generation.preserve(session, 1, "h");
        generation.preserve(session, 2, "h");
        assertEquals(List.of("handler h 2 of h", "flb a 2 of a", "flb b 2 of b"), preservedWith());
        assertTrue(core.overview().holdsFiles());
    }

    @Test
    void onlyWhatIsLinkedIsCalledLinked() throws LiveUpdateException {
        FlbRuntime a = generation.flb("a");
        HandlerRuntime handler = generation.handler("h", a, generation.flb("b"));
        generation.preserve(generation.session("s"), 1, "h");
        core.registry().unlink(handler, a);
        assertEquals(List.of("b"), core.overview().linkedFlbs().stream().map(FlbRuntime::compatible).toList());
    }

    @Test
    void anAbandonedSessionThatIsGoneStaysGone() throws Exception {
        generation.handler("h");
        generation.preserve(generation.session("s"), 1, "h");
        try (Generation next = generation.kexec()) {
            next.handler("h");
            IncomingSession session = next.incomingSession("s");
            next.core.agents().close(session);
            next.core.agents().abandonSession(session);
            assertErrno(Errno.ENOENT, () -> next.core.agents().retrieveSession("s"));
            OutgoingSession outgoing = next.session("outgoing");
            next.core.agents().abandonSession(outgoing);
            assertEquals(outgoing, next.core.agents().openSession("outgoing"));
        }
    }

    @Test
    void anFlbThatIsNoLongerOfferedIsNotFound() throws LiveUpdateException {
        FlbRuntime a = generation.flb("a");
        core.owners().offer(a);
        core.owners().withdraw(a);
        assertEquals(null, core.owners().unlinked("a"));
    }

    @Test
    void anFlbIsToldHowManyFilesDependOnIt() throws LiveUpdateException {
        List<Long> files = new ArrayList<>();
        generation.handler("h", generation.flb("a"));
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        generation.preserve(session, 2, "h");
        generation.calls.once("a.freeze", context -> files.add(((FlbContext) context).files()));
        core.handover().freeze();
        assertEquals(List.of(2L), files);
    }

    @Test
    void startingTheWatchdogTwiceIsStartingIt() throws Exception {
        core.start();
        Thread clock = clock();
        core.start();
        assertEquals(clock, clock());
        core.stop();
        clock.join();
        core.stop();
    }

    /** The newest of the clocks: other tests may have left one. */
    private static Thread clock() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("liveupdate-watchdog"))
                .max(Comparator.comparingLong(Thread::getId)).orElseThrow();
    }
}
