package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** What keeps a live update from beginning can be listed before one is tried, and all of it is. */
class BlockersTest {
    @TempDir
    private Path directory;
    private Generation generation;

    @BeforeEach
    void begin() throws IOException {
        generation = Generation.first(Settings.DEFAULT, new Calls(), directory);
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private String only() {
        List<String> blockers = generation.core.handover().blockers();
        assertEquals(1, blockers.size(), blockers::toString);
        return blockers.get(0);
    }

    @Test
    void nothingIsInTheWayOfWhatCanBeFrozen() throws LiveUpdateException {
        generation.handler("h", generation.flb("a"));
        generation.preserve(generation.session("s"), 1, "h");
        assertEquals(List.of(), generation.core.handover().blockers());
    }

    @Test
    void unfinishedIncomingFilesAreNamedWithTheirSession() throws Exception {
        generation.handler("h");
        generation.preserve(generation.session("s"), 1, "h");
        OutgoingSession two = generation.session("t");
        generation.preserve(two, 1, "h");
        generation.preserve(two, 2, "h");
        generation = generation.kexec();
        assertEquals(List.of("incoming session \"s\" is unfinished; it holds 1 file; finish it first",
                "incoming session \"t\" is unfinished; it holds 2 files; finish it first"),
                generation.core.handover().blockers());
    }

    @Test
    void theFilesOfAHandlerThatHasLeftAreOneBlockerForEachSession() throws LiveUpdateException {
        HandlerRuntime handler = generation.handler("h");
        for (String name : List.of("s", "t")) {
            OutgoingSession session = generation.session(name);
            generation.preserve(session, 1, "h");
            generation.preserve(session, 2, "h");
        }
        generation.core.owners().leave(List.of(handler), List.of());
        List<String> blockers = generation.core.handover().blockers();
        assertEquals(2, blockers.size(), blockers::toString);
        assertTrue(blockers.get(0).contains("file 1 of outgoing session \"s\" is detached"), blockers::toString);
        assertTrue(blockers.get(1).contains("file 1 of outgoing session \"t\" is detached"), blockers::toString);
        LiveUpdateException refusal = assertErrno(Errno.EBUSY, generation.core.handover()::freeze);
        blockers.forEach(blocker -> assertTrue(refusal.getMessage().contains(blocker), refusal::getMessage));
    }

    @Test
    void aSessionThatIsBeingChangedIsNamedWithTheThread() throws Throwable {
        generation.handler("h");
        OutgoingSession session = generation.session("s");
        Hang preserving = Hang.in(generation.calls, "h.preserve").enter(() -> generation.preserve(session, 1, "h"));
        assertTrue(only().startsWith("outgoing session \"s\" is being changed by thread \"other\""), only());
        preserving.leave();
        assertEquals(List.of(), generation.core.handover().blockers());
    }
}
