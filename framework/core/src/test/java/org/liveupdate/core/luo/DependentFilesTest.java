package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.EventId;

/**
 * Each file needs the one before it in its session; their handlers, each of a bundle of its own, leave, and come back in
 * another order.
 */
class DependentFilesTest {
    private static final List<String> KINDS = List.of("memory", "iommufd", "device");

    @TempDir
    private Path directory;
    private Generation generation;
    /** Those that are there, by kind. */
    private final Map<String, HandlerRuntime> handlers = new TreeMap<>();

    @BeforeEach
    void eachFileNeedsTheOneBeforeIt() throws IOException {
        Calls calls = new Calls();
        for (String kind : KINDS.subList(1, KINDS.size())) {
            calls.on(kind + ".retrieve", context -> {
                FileContext file = (FileContext) context;
                file.file(file.token() - 1, MockFile.class);
            });
        }
        generation = Generation.first(Generation.SETTINGS, calls, directory);
    }

    @AfterEach
    void nothingIsHeldAndNoPageIsLeft() throws IOException {
        Balance.assertNothingIsHeld(generation);
        assertEquals(0, generation.memory().statistics().usedPages());
        generation.close();
    }

    private OutgoingSession preserved() throws LiveUpdateException {
        OutgoingSession session = generation.session("s");
        for (int token = 0; token < KINDS.size(); token++) {
            comeBack(KINDS.get(token));
            generation.preserve(session, token, KINDS.get(token));
        }
        return session;
    }

    private IncomingSession retrieved() throws LiveUpdateException, IOException {
        preserved();
        generation = generation.kexec();
        IncomingSession session = generation.incomingSession("s");
        for (int token = 0; token < KINDS.size(); token++) {
            comeBack(KINDS.get(token));
            generation.core.agents().retrieve(session, token);
        }
        return session;
    }

    private void allLeave() {
        handlers.forEach((kind, handler) -> {
            generation.module(kind, Module.State.GOING);
            generation.core.owners().leave(handler.module());
            generation.core.owners().leave(List.of(handler), List.of());
            generation.modules.remove(kind);
        });
        handlers.clear();
    }

    private void comeBack(String... kinds) throws LiveUpdateException {
        for (String kind : kinds) {
            handlers.put(kind, generation.handler(kind));
        }
    }

    @Test
    void theLastOneThatComesBringsBackAllThatHaveMissedIt() throws LiveUpdateException {
        OutgoingSession session = preserved();
        allLeave();

        comeBack("device", "iommufd");
        assertTrue(Stream.of(session.oldestFirst()).allMatch(HeldFile::isDetached));
        comeBack("memory");

        assertWaitingIsNoFault();
        assertTrue(Stream.of(session.oldestFirst()).noneMatch(HeldFile::isDetached));
        assertEquals(Optional.empty(), generation.core.agents().close(session));
    }

    @Test
    void theSameOfWhatWasHandedOver() throws LiveUpdateException, IOException {
        IncomingSession session = retrieved();
        allLeave();

        comeBack("device", "iommufd");
        assertTrue(session.oldestFirst().stream().allMatch(file -> file.detached));
        comeBack("memory");

        assertWaitingIsNoFault();
        assertTrue(session.oldestFirst().stream().noneMatch(file -> file.detached));
        assertEquals(Optional.empty(), generation.core.agents().close(session));
    }

    private void assertWaitingIsNoFault() {
        assertTrue(generation.happened().contains(EventId.ATTACH_WAITS), generation.events::toString);
        assertEquals(List.of(), generation.warnings);
    }

    @Test
    void whoFailsForAnotherReasonIsNotAskedAgain() throws LiveUpdateException {
        OutgoingSession session = preserved();
        allLeave();
        generation.calls.take();
        generation.calls.fail("iommufd.retrieve", Errno.EIO);

        comeBack("iommufd", "memory");

        assertEquals(1, generation.calls.count("iommufd.retrieve"));
        assertErrno(Errno.ENODEV, () -> generation.core.agents().close(session));
        allComeBackOnceMore(session);
    }

    @Test
    void theSameIfItWasHandedOver() throws LiveUpdateException, IOException {
        IncomingSession session = retrieved();
        allLeave();
        generation.calls.take();
        generation.calls.fail("iommufd.retrieve", Errno.EIO);

        comeBack("iommufd", "memory");

        assertEquals(1, generation.calls.count("iommufd.retrieve"));
        allLeave();
        comeBack("memory", "iommufd", "device");
        assertEquals(Optional.empty(), generation.core.agents().close(session));
    }

    @Test
    void whoGoesOnMissingSomethingIsAskedOnceForEachThatComes() throws LiveUpdateException {
        OutgoingSession session = preserved();
        allLeave();
        generation.calls.take();
        generation.calls.on("device.retrieve", context -> {
            throw new LiveUpdateException(Errno.ENODEV, "the test wants something to be missing");
        });

        comeBack("device", "memory", "iommufd");

        assertEquals(3, generation.calls.count("device.retrieve"));
        generation.calls.on("device.retrieve", context -> {});
        allComeBackOnceMore(session);
    }

    /** How the one before it has failed says nothing about the next one that comes. */
    private void allComeBackOnceMore(OutgoingSession session) throws LiveUpdateException {
        allLeave();
        comeBack("memory", "iommufd", "device");
        assertEquals(Optional.empty(), generation.core.agents().close(session));
    }
}
