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
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;

/** An operator gives up a file that nobody can serve, and the rest of the session can be used again. */
class DiscardFileTest {
    private static final Settings SETTINGS = Settings.DEFAULT.withDetachPatience(Duration.ofSeconds(1));

    @TempDir
    Path directory;
    private Generation generation;
    private Provider provider;
    private OutgoingSession session;

    @BeforeEach
    void preserveThreeFiles() throws IOException, LiveUpdateException {
        generation = Generation.first(SETTINGS, new Calls(), directory);
        provider = new Provider(generation, "p", "v1").register();
        session = generation.session("s");
        for (long token = 1; token <= 3; token++) {
            generation.preserve(session, token, "h");
        }
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private void discard(Side side, long token) throws LiveUpdateException {
        generation.core.agents().discardFile(side, "s", token);
    }

    @Test
    void aDetachedFileInTheMiddleIsGivenUpAndTheOthersAreStillThere() throws LiveUpdateException {
        provider.stop();
        discard(Side.OUTGOING, 2);
        assertEquals(List.of(1L, 3L), generation.core.agents().tokens(session));
        assertEquals(EventId.DISCARDED, generation.events.get(generation.events.size() - 1).id());
        assertErrno(Errno.ENOENT, () -> discard(Side.OUTGOING, 2));
        new Provider(generation, "p", "v2").register();
        generation.preserve(session, 2, "h");
        assertEquals(List.of(1L, 3L, 2L), generation.core.agents().tokens(session));
        assertEquals(Optional.empty(), generation.core.agents().close(session));
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void allDetachedFilesAndThenTheirFlbCanBeGivenUp() throws LiveUpdateException {
        provider.stop();
        for (long token = 1; token <= 3; token++) {
            discard(Side.OUTGOING, token);
        }
        generation.core.agents().close(session);
        generation.core.agents().discard("a");
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void aFileThatIsServedIsNotGivenUp() {
        assertErrno(Errno.EBUSY, () -> discard(Side.OUTGOING, 1));
        assertEquals(List.of(1L, 2L, 3L), generation.core.agents().tokens(session));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertErrno(Errno.ENOENT, () -> discard(Side.INCOMING, 1));
        assertErrno(Errno.ENOENT, () -> discard(Side.OUTGOING, 4));
        assertErrno(Errno.ENOENT, () -> generation.core.agents().discardFile(Side.OUTGOING, "other", 1));
    }

    @Test
    void anIncomingFileWithoutAHandlerIsGivenUpAndTheSessionCanBeFinished() throws Exception {
        generation = generation.kexec();
        IncomingSession incoming = generation.incomingSession("s");
        discard(Side.INCOMING, 1);
        discard(Side.INCOMING, 2);
        assertEquals(List.of(3L), generation.core.agents().tokens(incoming));
        new Provider(generation, "p", "v1").register();
        generation.core.agents().retrieve(incoming, 3);
        assertErrno(Errno.ENOENT, () -> generation.core.agents().retrieve(incoming, 2));
        assertErrno(Errno.ENOENT, () -> generation.core.agents().retrieve(incoming, 4));
        assertErrno(Errno.EBUSY, () -> discard(Side.INCOMING, 3));
        assertEquals(Optional.empty(), generation.core.agents().close(incoming));
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void theLastIncomingFileThatIsGivenUpEndsWhatWasHandedOver() throws Exception {
        generation = generation.kexec();
        generation.incomingSession("s");
        for (long token = 3; token >= 1; token--) {
            discard(Side.INCOMING, token);
        }
        assertTrue(generation.core.overview().isIncomingFinished());
        assertTrue(generation.happened().contains(EventId.INCOMING_FINISHED));
    }

    @Test
    void aFileThatFailedToBeRetrievedIsGivenUp() throws Exception {
        generation = generation.kexec();
        new Provider(generation, "p", "v1").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.calls.fail("h.retrieve", Errno.EIO);
        assertErrno(Errno.EIO, () -> generation.core.agents().retrieve(incoming, 2));
        discard(Side.INCOMING, 2);
        assertEquals(List.of(1L, 3L), generation.core.agents().tokens(incoming));
        assertEquals(Optional.empty(), generation.core.agents().close(incoming));
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void aRetrievedFileWhoseHandlerHasLeftIsGivenUpAlsoIfAnotherOneIsThereThatCannotTakeIt() throws Exception {
        generation = generation.kexec();
        Provider first = new Provider(generation, "p", "v1").register();
        IncomingSession incoming = generation.incomingSession("s");
        generation.core.agents().retrieve(incoming, 1);
        first.stop();
        generation.calls.fail("h.retrieve", Errno.EIO);
        new Provider(generation, "p", "v2").register();
        discard(Side.INCOMING, 1);
        assertEquals(Optional.empty(), generation.core.agents().close(incoming));
        Balance.assertOnlyLeaked(generation, 0);
    }

    @Test
    void nothingIsGivenUpInsideACallbackOfTheSession() throws Exception {
        provider.stop();
        generation.calls.once("h.retrieve", context -> discard(Side.OUTGOING, 3));
        new Provider(generation, "p", "v2").register();
        Event failed = generation.event(EventId.ATTACH_FAILED);
        assertTrue(failed.text().contains("EDEADLK"), failed::text);
    }
}
