package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;

/** Which FLBs without an owner keep a live update from beginning: those that would have had a last word. */
class FreezeDetachedTest {
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

    @Test
    void anFlbThatWouldFreezeItsStateIsWaitedFor() throws LiveUpdateException, IOException {
        FlbRuntime flb = generation.flb("a");
        generation.handler("h", flb);
        generation.preserve(generation.session("s"), 1, "h");
        generation.core.owners().leave(List.of(), List.of(flb));
        LiveUpdateException refusal = assertErrno(Errno.EBUSY, generation.core.handover()::freeze);
        assertTrue(refusal.getMessage().contains("detached since"), refusal.getMessage());
    }

    @Test
    void anFlbThatHasNothingToFreezeGoesAlong() throws LiveUpdateException, IOException {
        FlbRuntime flb = new FlbRuntime("null", new KernelNull(), generation.module("null"));
        generation.handler("h", flb);
        generation.preserve(generation.session("s"), 1, "h");
        generation.core.owners().leave(List.of(), List.of(flb));
        generation = generation.kexec();
        FlbRuntime next = new FlbRuntime("null", new KernelNull(), generation.module("null"));
        generation.handler("h", next);
        assertEquals(Optional.empty(), generation.core.agents().close(generation.incomingSession("s")));
        Balance.assertNothingIsHeld(generation, next);
    }

    @Test
    void anFlbThatNoFileNeedsEndsWithItsGeneration() throws LiveUpdateException, IOException {
        FlbRuntime flb = generation.flb("a");
        generation.handler("h", flb);
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        generation.core.owners().leave(List.of(), List.of(flb));
        generation.core.agents().close(session);
        generation.core.handover().freeze();
        Event ends = generation.event(EventId.ENDS_HERE);
        assertTrue(ends.text().contains("memory ends with this generation"), ends::text);
        generation.core.handover().unfreeze();
        assertErrno(Errno.ENODEV, () -> generation.get("a", Side.OUTGOING));
    }

    @Test
    void whoeverMayTakeOverIsSettledByPolicyOwnerAndGrant() {
        Bindings strict = new Bindings(Settings.DEFAULT.ownership());
        Module other = generation.module("other");
        assertTrue(strict.allows(Module.builtIn("other"), "owner"));
        assertTrue(strict.allows(other, ""), "an image from before owners were written");
        assertFalse(strict.allows(other, "owner"));
        strict.grant("owner", other);
        assertTrue(strict.allows(other, "owner"));
    }
}
