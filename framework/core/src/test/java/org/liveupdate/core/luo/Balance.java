package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.luo.OutgoingFlb.State;

/** Says what is still held in a generation in which nothing should be. */
final class Balance {
    private final Generation generation;
    private final List<String> held = new ArrayList<>();

    private Balance(Generation generation) {
        this.generation = generation;
    }

    /** Nothing is preserved, live, claimed, referenced or allocated; what is linked may stay linked. */
    static void assertNothingIsHeld(Generation generation, FlbRuntime... flbs) {
        assertEquals(List.of(), new Balance(generation).held(flbs));
    }

    /** As {@link #assertNothingIsHeld}; and handover memory is empty but for what providers left behind. */
    static void assertOnlyLeaked(Generation generation, long pages, FlbRuntime... flbs) {
        long leaked = generation.memory().statistics().poolPages().entrySet().stream()
                .filter(pool -> pool.getKey().startsWith("leaked: ")).mapToLong(Map.Entry::getValue).sum();
        assertAll(() -> assertEquals(List.of(), new Balance(generation).held(flbs)),
                () -> assertEquals(pages, leaked, "leaked pages"), () -> assertEquals(pages,
                        generation.memory().statistics().usedPages(), "used pages, and none but the leaked"));
    }

    /** Everything still works: each of these files can be preserved again, and let go. */
    static void assertFree(Generation generation, Collection<MockFile> files) throws LiveUpdateException {
        OutgoingSession session = generation.session("probe");
        long token = 0;
        for (MockFile file : files) {
            generation.core.agents().preserve(session, token++, file);
        }
        assertEquals(Optional.empty(), generation.core.agents().close(session));
    }

    private List<String> held(FlbRuntime... flbs) {
        for (FlbRuntime flb : flbs) {
            look(flb);
        }
        generation.core.names().used().forEach(this::look);
        generation.core.registry().handlers().forEach(handler -> note(handler.files() != 0, handler + " has files"));
        generation.core.incoming().entriesLocked().forEach(this::look);
        generation.core.sessions().allLocked().forEach(session -> note(true, session + " exists"));
        for (Module module : generation.modules.values()) {
            int references = generation.core.owners().references(module);
            note(references != 0, module + " has " + references + " references");
        }
        return held;
    }

    private void look(FlbRuntime flb) {
        note(flb.outgoing.state != State.IDLE || flb.outgoing.files != 0 || handles(flb) != 0,
                flb + " is " + flb.outgoing.state + " with " + flb.outgoing.files + " files and " + handles(flb)
                        + " handles");
        note(flb.serving != null, flb + " is being called");
        note(flb.live != null, flb + " is live");
        note(flb.outgoing.object != null || flb.outgoing.data != 0 || flb.outgoing.scope != null,
                flb + " has an object, data or memory");
    }

    private static int handles(FlbRuntime flb) {
        return flb.handles(Side.OUTGOING) + flb.handles(Side.INCOMING);
    }

    private void look(IncomingFlb entry) {
        note(entry.files != 0 || entry.handles() != 0,
                entry + " has " + entry.files + " files and " + entry.handles() + " handles");
        note(entry.state != IncomingFlb.State.FINISHED, entry + " is " + entry.state);
        note(entry.object != null || entry.data != 0, entry + " has an object or data");
    }

    private void note(boolean wrong, String what) {
        if (wrong) {
            held.add(what);
        }
    }
}
