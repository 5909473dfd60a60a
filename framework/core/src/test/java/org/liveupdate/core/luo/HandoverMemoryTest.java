package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.kho.KhoException;

/** Scopes of handover memory around callbacks: what a callback did is kept or undone as a whole, per FLB and file. */
class HandoverMemoryTest {
    @TempDir
    Path directory;
    private Generation generation;
    private Orchestrator core;
    private Calls calls;
    private OutgoingSession session;

    @BeforeEach
    void start() throws IOException, LiveUpdateException {
        generation = Generation.first(Generation.SETTINGS, new Calls(), directory);
        core = generation.core;
        calls = generation.calls;
        generation.handler("h", generation.flb("a"));
        session = generation.session("s");
    }

    @AfterEach
    void stop() throws IOException {
        generation.close();
    }

    private Map<String, Long> scopes() {
        return generation.memory().statistics().scopePages();
    }

    private static void allocate(CallbackContext context, int pages) throws LiveUpdateException {
        for (int i = 0; i < pages; i++) {
            context.memory().allocPreserve(4096);
        }
    }

    private Generation next() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        core = generation.core;
        return generation;
    }

    @Test
    void eachFlbAndEachFileHasAScopeOfItsOwn() throws LiveUpdateException {
        generation.preserve(session, 1, "h");
        generation.preserve(session, 2, "h");
        assertEquals(Map.of("flb a", 1L, "file 1 of s (h)", 1L, "file 2 of s (h)", 1L), scopes());
        core.agents().close(session);
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void aPreserveThatFailsLeavesNoMemoryBehind() throws LiveUpdateException {
        calls.once("a.preserve", context -> {
            allocate(context, 3);
            throw new LiveUpdateException(Errno.ENOSPC, "not enough");
        });
        assertErrno(Errno.ENOSPC, () -> generation.preserve(session, 1, "h"));
        calls.once("h.preserve", context -> {
            allocate(context, 3);
            throw new IllegalStateException("not at all");
        });
        assertErrno(Errno.EIO, () -> generation.preserve(session, 1, "h"));
        core.agents().close(session);
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void exhaustedMemoryIsOutOfMemoryToTheCaller() throws LiveUpdateException {
        calls.once("h.preserve", context -> context.memory().allocPreserve(1 << 30));
        assertErrno(Errno.ENOMEM, () -> generation.preserve(session, 1, "h"));
        core.agents().close(session);
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void aVetoUndoesWhatFreezeAllocatedAndASuccessKeepsIt() throws LiveUpdateException {
        generation.preserve(session, 1, "h");
        calls.once("a.freeze", context -> {
            allocate(context, 2);
            throw new LiveUpdateException(Errno.EAGAIN, "not yet");
        });
        calls.once("h.freeze", context -> allocate(context, 1));
        assertErrno(Errno.EAGAIN, core.handover()::freeze);
        assertEquals(Map.of("flb a", 1L, "file 1 of s (h)", 2L), scopes());
    }

    @Test
    void whatAProviderForgetsIsReportedAndCounted() throws LiveUpdateException {
        calls.once("a.preserve", context -> allocate(context, 2));
        generation.preserve(session, 1, "h");
        core.agents().close(session);
        Balance.assertOnlyLeaked(generation, 2);
        Event leaked = generation.event(EventId.LEAKED);
        assertTrue(leaked.text().contains("flb a left 2 pages"), leaked::text);
    }

    @Test
    void memoryBehindDataCannotBeFreedInsideRetrieve() throws Exception {
        generation.preserve(session, 1, "h");
        next().handler("h", generation.flb("a"));
        List<KhoException> refusals = new ArrayList<>();
        calls.once("h.retrieve", context -> refusals.add(assertThrows(KhoException.class,
                () -> context.memory().restoreFree(context.memory().blocks().get(0).address()))));
        IncomingSession retrieved = generation.incomingSession("s");
        core.agents().retrieve(retrieved, 1);
        assertEquals(KhoException.Reason.REFUSED, refusals.get(0).reason());
        core.agents().close(retrieved);
        Balance.assertOnlyLeaked(generation, 0);
    }

    /** Changes a byte of each page behind everybody's back. */
    private void damage() throws IOException {
        try (FileChannel file = FileChannel.open(generation.memory().file(), StandardOpenOption.WRITE)) {
            for (long page = 4096; page < 16 * 4096; page += 4096) {
                file.write(ByteBuffer.wrap(new byte[]{77}), page + 4000);
            }
        }
    }

    @Test
    void aFileWhoseMemoryIsCorruptCannotBeRetrieved() throws Exception {
        generation.preserve(session, 1, "h");
        next().handler("h", generation.flb("a"));
        damage();
        IncomingSession retrieved = generation.incomingSession("s");
        assertErrno(Errno.EIO, () -> core.agents().retrieve(retrieved, 1));
    }

    @Test
    void aFileWhoseMemoryTurnsOutToBeCorruptCannotBeFinished() throws Exception {
        generation.options = generation.options.withVerifiedAtOnceBytes(0);
        generation.preserve(session, 1, "h");
        next().handler("h", generation.flb("a"));
        damage();
        IncomingSession retrieved = generation.incomingSession("s");
        core.agents().retrieve(retrieved, 1);
        LiveUpdateException refusal = assertErrno(Errno.EIO, () -> core.agents().finish(retrieved));
        assertTrue(refusal.getMessage().contains("cannot be finished: file 1: the block of 4096 bytes at 0x"),
                refusal::getMessage);
        assertErrno(Errno.EIO, () -> core.agents().finish(retrieved));
        core.agents().discardFile(Side.INCOMING, retrieved.name(), 1);
        assertEquals(Optional.empty(), core.agents().close(retrieved));
    }

    @Test
    void aFileWhoseFlbIsCorruptCannotBeFinished() throws Exception {
        generation.options = generation.options.withVerifiedAtOnceBytes(0);
        generation.preserve(session, 1, "h");
        next().handler("h", generation.flb("a"));
        damage();
        generation.get("a", Side.INCOMING);
        IncomingSession retrieved = generation.incomingSession("s");
        assertTrue(assertErrno(Errno.EIO, () -> core.agents().finish(retrieved)).getMessage()
                .contains("of flb a is corrupt"));
    }

    @Test
    void aRetrieveThatFailsIsUndoneSoThatAnotherOwnerCanRestoreTheSame() throws Exception {
        generation.preserve(session, 1, "h");
        FlbRuntime first = next().flb("a", "first owner");
        HandlerRuntime handler = generation.handler("h", first);
        calls.once("a.retrieve", context -> {
            allocate(context, 1);
            throw new LiveUpdateException(Errno.EPROTO, "unknown format");
        });
        assertErrno(Errno.EPROTO, () -> generation.get("a", Side.INCOMING));
        assertEquals(1, scopes().get("flb a"));
        core.registry().unlink(handler, first);
        List<String> pools = new ArrayList<>();
        calls.once("a.retrieve", context -> pools.add(context.memory().pool().owner()));
        core.registry().link(handler, generation.flb("a", "second owner"));
        generation.get("a", Side.INCOMING).close();
        assertEquals(List.of("second owner"), pools, "what it allocates and what it frees is its own");
        core.agents().close(generation.incomingSession("s"));
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void discardFreesWhatNobodyCouldFinish() throws Exception {
        generation.preserve(session, 1, "h");
        next().handler("h");
        core.agents().close(generation.incomingSession("s"));
        assertEquals(Map.of("flb a", 1L), scopes());
        core.agents().discard("a");
        Balance.assertOnlyLeaked(generation, 0);
        assertErrno(Errno.ENODATA, () -> core.agents().discard("a"));
        assertErrno(Errno.ENOENT, () -> core.agents().discard("b"));
    }

    @Test
    void whatFilesDependOnOrAnOwnerCanFinishIsNotDiscarded() throws Exception {
        assertErrno(Errno.ENODATA, () -> core.agents().discard("a"));
        generation.preserve(session, 1, "h");
        next().handler("h", generation.flb("a"));
        assertErrno(Errno.EBUSY, () -> core.agents().discard("a"));
        FlbHandle<String> handle = generation.get("a", Side.INCOMING);
        core.agents().close(generation.incomingSession("s"));
        assertErrno(Errno.EBUSY, () -> core.agents().discard("a"));
        handle.close();
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void theLastHandleCanBeClosedWhileEverythingIsFrozen() throws LiveUpdateException {
        generation.preserve(session, 1, "h");
        FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
        core.agents().close(session);
        core.handover().freeze();
        generation.memory().freeze();
        handle.close();
        generation.memory().thaw();
        core.handover().unfreeze();
        assertErrno(Errno.ENOENT, () -> generation.get("a", Side.OUTGOING));
        OutgoingSession after = generation.session("after");
        generation.preserve(after, 1, "h");
        core.agents().close(after);
        Balance.assertNothingIsHeld(generation);
    }

    @Test
    void whatCannotBeDiscardedWhileFrozenIsThereAfterwards() throws Exception {
        generation.preserve(session, 1, "h");
        next().handler("h");
        core.agents().close(generation.incomingSession("s"));
        core.handover().freeze();
        generation.memory().freeze();
        assertErrno(Errno.EBUSY, () -> core.agents().discard("a"));
        generation.memory().thaw();
        core.handover().unfreeze();
        core.agents().discard("a");
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void aProviderThatKeepsItsContextHarmsOnlyItself() throws LiveUpdateException {
        List<CallbackContext> kept = new ArrayList<>();
        calls.once("a.preserve", kept::add);
        generation.preserve(session, 1, "h");
        assertThrows(LiveUpdateException.class, () -> kept.get(0).memory(), "valid while the callback runs");
        core.agents().close(session);
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void withoutHandoverMemoryCallbacksAreToldSo() throws Exception {
        try (Generation without = Generation.first()) {
            List<Errno> seen = new ArrayList<>();
            without.calls.once("h.preserve", context -> {
                seen.add(assertErrno(Errno.EOPNOTSUPP, context::memory).errno());
                seen.add(assertErrno(Errno.EOPNOTSUPP, context::pool).errno());
            });
            without.handler("h");
            without.preserve(without.session("s"), 1, "h");
            assertEquals(2, seen.size());
        }
    }

    @Test
    void whatAProviderNeverTouchesAgainIsReportedAndCountedToo() throws Exception {
        HandlerRuntime handler = core.registry().handler("h");
        core.registry().link(handler, new FlbRuntime("f", new ForgetfulFlb(), generation.module("f")));
        generation.preserve(session, 1, "h");
        core.agents().close(session);
        Balance.assertOnlyLeaked(generation, 1);
        generation.preserve(generation.session("s"), 1, "h");
        next();
        generation.handler("h", generation.flb("a"), new FlbRuntime("f", new ForgetfulFlb(), generation.module("f")));
        core.agents().close(generation.incomingSession("s"));
        Balance.assertNothingIsHeld(generation);
        Event leaked = generation.event(EventId.LEAKED);
        assertTrue(leaked.text().contains("flb f left 1 pages"), leaked::text);
    }

    @Test
    void aCallbackSeesThePoolOfItsBundle() throws LiveUpdateException {
        List<String> owners = new ArrayList<>();
        calls.once("a.preserve",
                context -> owners.addAll(List.of(context.pool().owner(), context.memory().pool().owner())));
        generation.preserve(session, 1, "h");
        assertEquals(List.of("a", "a"), owners);
    }

    /** Allocates, and gives nothing back. */
    private static final class ForgetfulFlb implements Flb<String> {
        @Override
        public Preserved<String> preserve(FlbContext context) throws LiveUpdateException {
            return new Preserved<>(context.memory().allocPreserve(4096).address(), null);
        }

        @Override
        public void unpreserve(FlbContext context, long data, String object) {
            // that is the point
        }

        @Override
        public String retrieve(FlbContext context, long data) {
            return "not looked at";
        }

        @Override
        public void finish(FlbContext context, long data, String object) {
            // that is the point
        }
    }
}
