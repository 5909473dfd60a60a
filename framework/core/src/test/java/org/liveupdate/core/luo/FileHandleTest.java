package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;

/** Handles on files: who has one, what it answers, and what it keeps from being replaced. */
class FileHandleTest {
    @TempDir
    private Path directory;
    private Generation generation;
    private Provider provider;
    private OutgoingSession session;

    @BeforeEach
    void preserveTwoFiles() throws IOException, LiveUpdateException {
        generation = Generation.first(Settings.DEFAULT.withPatience(Duration.ofMillis(100)), new Calls(), directory);
        provider = new Provider(generation, "p", "v1").register();
        session = generation.session("s");
        generation.preserve(session, 1, "h");
        generation.preserve(session, 2, "h");
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private FileHandle<MockFile> open(SessionState from, long token, String bundle) throws LiveUpdateException {
        return generation.core.agents().open(from, token, MockFile.class, generation.module(bundle));
    }

    private void swap(Provider next) throws LiveUpdateException {
        generation.core.owners().swap(provider.module, List.of(next.handler), List.of(next.flb));
    }

    @Test
    void aFileIsOpenedByItsTokenAndAsWhatItIs() throws LiveUpdateException {
        assertErrno(Errno.ENOENT, () -> open(session, 9, "test"));
        LiveUpdateException refusal = assertErrno(Errno.EINVAL,
                () -> generation.core.agents().open(session, 1, String.class, generation.module("test")));
        assertTrue(refusal.getMessage().contains("MockFile") && refusal.getMessage().contains("java.lang.String"),
                refusal.getMessage());
        try (FileHandle<MockFile> handle = open(session, 1, "test")) {
            assertEquals("h1", handle.get().toString());
        }
    }

    @Test
    void closingAHandleTwiceIsClosingItOnce() throws LiveUpdateException {
        FileHandle<MockFile> one = open(session, 1, "test");
        FileHandle<MockFile> other = open(session, 1, "test");
        one.close();
        one.close();
        assertEquals("h1", other.get().toString());
        other.close();
        assertErrno(Errno.EBADF, other::get);
    }

    @Test
    void closingARevokedHandleLeavesNewOnesOpen() throws LiveUpdateException {
        FileHandle<MockFile> revoked = open(session, 1, "test");
        provider.stop();
        Provider next = new Provider(generation, "p", "v2").register();
        FileHandle<MockFile> current = open(session, 1, "test");
        revoked.close();
        assertEquals("h1", current.get().toString());
        assertTrue(generation.core.owners().references(next.module) > 0);
        current.close();
    }

    @Test
    void aBundleThatEndsLosesItsHandlesAndNobodyElseDoes() throws LiveUpdateException {
        FileHandle<MockFile> one = open(session, 1, "test");
        FileHandle<MockFile> two = open(session, 2, "test");
        FileHandle<MockFile> ofAnother = open(session, 1, "other");
        generation.core.agents().closeHandlesOf(generation.module("test"));
        assertErrno(Errno.EBADF, one::get);
        assertErrno(Errno.EBADF, two::get);
        assertEquals("h1", ofAnother.get().toString());
        ofAnother.close();
        swap(new Provider(generation, "p", "v2"));
    }

    @Test
    void aFileThatWasHandedOverIsRetrievedToBeOpened() throws LiveUpdateException, IOException {
        generation = generation.kexec(Settings.DEFAULT.withDetachPatience(Duration.ofSeconds(1)));
        provider = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        Provider next = new Provider(generation, "p", "v3");
        assertErrno(Errno.EINVAL,
                () -> generation.core.agents().open(incoming, 1, String.class, generation.module("test")));
        try (FileHandle<MockFile> handle = open(incoming, 1, "test")) {
            assertEquals("h1", handle.get().toString());
            assertErrno(Errno.EBUSY, () -> swap(next));
        }
        swap(next);
        generation.core.agents().close(incoming);
        Balance.assertNothingIsHeld(generation, next.flb);
    }

    @Test
    void openingADetachedFileSaysWhoIsMissing() throws LiveUpdateException {
        provider.stop();
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> open(session, 1, "test"));
        assertTrue(refusal.getMessage().contains("install and start that bundle again"), refusal.getMessage());
    }

    @Test
    void openingADetachedFileCatchesUpWithAHandlerThatCameWhileTheSessionWasBusy() throws Throwable {
        generation.handler("k");
        provider.stop();
        Hang hang = Hang.in(generation.calls, "k.preserve");
        hang.enter(() -> generation.preserve(session, 3, "k"));
        Provider next = new Provider(generation, "p", "v2").register();
        Event waiting = generation.event(EventId.ATTACH_FAILED);
        assertTrue(waiting.text().contains("until somebody uses them"), waiting::text);
        hang.leave();
        try (FileHandle<MockFile> handle = open(session, 2, "test")) {
            assertEquals("h2", handle.get().toString());
        }
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        Balance.assertNothingIsHeld(generation, next.flb);
    }

    @Test
    void openingADetachedFileDoesNotBringInAHandlerThatIsGoing() throws Throwable {
        generation.handler("k");
        provider.stop();
        Hang hang = Hang.in(generation.calls, "k.preserve");
        hang.enter(() -> generation.preserve(session, 3, "k"));
        Provider next = new Provider(generation, "p", "v2").register();
        hang.leave();
        generation.core.owners().moduleState(next.module, Module.State.GOING);
        assertErrno(Errno.ENODEV, () -> open(session, 2, "test"));
    }
}
