package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.LiveUpdateFactory.Instance;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.dto.CallbackTimesDTO;
import org.liveupdate.api.runtime.dto.EventDTO;
import org.liveupdate.api.runtime.dto.MemoryOwnerDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.core.osgi.NoteHandler.Note;

/** What the core shows of itself, over generations. */
class RuntimeServiceTest {
    @TempDir
    Path directory;

    @BeforeEach
    void makePrivate() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private Instance start(String role) throws Exception {
        Instance core = LiveUpdateFactory.find().create(directory, Map.of("liveupdate.role", role));
        agent(core).registerHandler("note-v1", new NoteHandler());
        return core;
    }

    private static LiveUpdate agent(Instance core) {
        return core.agent("test").liveUpdate();
    }

    private static RuntimeDTO dto(Instance core) {
        return core.runtime().getRuntimeDTO();
    }

    private static List<String> history(Instance core) {
        return Arrays.stream(dto(core).history).map(event -> event.id + ' ' + event.result).toList();
    }

    /** A generation with one file, and the successor that has taken over from it. */
    private Instance update() throws Exception {
        Instance first = start("first");
        Instance second = start("successor");
        agent(first).createSession("s").preserve(7, new Note("kept"));
        second.handover().claim(first.handover().commit(System.nanoTime()));
        second.handover().confirm();
        first.handover().fence();
        assertEquals(List.of("LU0101 OK", "LU0201 OK", "LU0206 OK"), history(first));
        EventDTO committed = dto(first).history[1];
        assertEquals(List.of("UPDATE", "image 1"), List.of(committed.kind, committed.subject));
        assertTrue(committed.text.contains("freeze of note-v1 took"), committed.text);
        CallbackTimesDTO freeze = dto(first).freeze[0];
        assertEquals(List.of("HANDLER", "note-v1", "freeze", 1L, 0L),
                List.of(freeze.kind, freeze.compatible, freeze.callback, freeze.calls, freeze.failed));
        assertTrue(freeze.began >= 0 && freeze.ended - freeze.began >= freeze.total, freeze::toString);
        first.close();
        return second;
    }

    @Test
    void aColdStartCameFromNoImage() throws Exception {
        try (Instance core = start("first")) {
            RuntimeDTO dto = dto(core);
            assertNull(dto.image);
            assertNull(dto.update);
            assertEquals(ProcessHandle.current().pid(), dto.generation.pid);
            assertTrue(dto.generation.jvm.contains(Runtime.version().toString()), dto.generation.jvm);
            assertEquals("10000", dto.settings.get("liveupdate.callback.timeout"));
            assertEquals(List.of("LU0101 OK"), history(core));
        }
    }

    @Test
    void theImageAndTheTimeLineOfALiveUpdateAreShown() throws Exception {
        try (Instance core = update()) {
            RuntimeDTO before = dto(core);
            assertEquals(List.of(1L, "UPDATE", 1L, 1L, 0L),
                    List.of(before.image.number, before.image.origin, before.image.sessions, before.image.files,
                            before.image.flbs));
            assertEquals(List.of("test"), List.of(before.image.owners));
            assertTrue(before.image.bytes > 0 && before.image.committed > 0);
            assertTrue(Arrays.asList(before.image.formats).contains("luo-v1"), () -> before.image.toString());
            assertEquals(-1, before.update.finish);
            assertEquals(List.of("LU0205 OK"), history(core));

            Session session = agent(core).retrieveSession("s");
            session.retrieve(7, Note.class);
            session.close();
            RuntimeDTO after = dto(core);
            assertEquals(List.of("freeze 1", "retrieve 1", "can_finish 1", "finish 1"),
                    Arrays.stream(after.update.callbacks).map(times -> times.callback + ' ' + times.calls).toList());
            assertTrue(Arrays.stream(after.update.callbacks).allMatch(times -> times.ended >= times.began
                    && times.longest <= times.total));
            CallbackTimesDTO freeze = after.update.callbacks[0];
            assertEquals(List.of("HANDLER", "note-v1", 0L), List.of(freeze.kind, freeze.compatible, freeze.failed));
            assertEquals("test", freeze.module.strip());
            assertTrue(freeze.began >= 0 && freeze.ended <= after.update.freeze, freeze::toString);
            assertTrue(Arrays.stream(after.update.callbacks).skip(1)
                    .allMatch(times -> times.began >= after.update.freeze));
            assertTrue(after.update.finish >= 0);
            assertEquals("LU0209 OK", history(core).get(1));
        }
    }

    @Test
    void anImageThatAStopLeftIsFoundAtTheStart() throws Exception {
        try (Instance first = start("first")) {
            agent(first).createSession("s").preserve(7, new Note("kept"));
        }
        try (Instance second = start("first")) {
            assertEquals("STOP", dto(second).image.origin);
            assertEquals(List.of("LU0102 OK"), history(second));
        }
    }

    @Test
    void handoverMemoryIsShownByOwner() throws Exception {
        try (Instance core = start("first")) {
            agent(core).createSession("s").preserve(7, new Note("kept"));
            MemoryOwnerDTO owner = dto(core).memory.owners[0];
            assertEquals(List.of("file 7 of s (note-v1)", 1L), List.of(owner.owner, owner.preservedPages));
            assertEquals(1, dto(core).memory.preservedBlocks);
            assertEquals(19, dto(core).memory.freeBlocks.length);
            assertTrue(dto(core).memory.totalPages > 1);
        }
    }

    @Test
    void aRefusedUpdateIsInTheHistory() throws Exception {
        try (Instance core = start("first")) {
            core.handover().commit(0);
            assertThrows(LiveUpdateException.class, () -> core.handover().commit(0));
            core.handover().takeBack();
            core.handover().resume();
            assertEquals(List.of("LU0101 OK", "LU0201 OK", "LU0202 EBUSY", "LU0203 OK", "LU0204 OK"), history(core));
        }
    }

    @Test
    void aMemoryFileThatSomebodyElseTruncatesIsAnErrorThatNamesIt() throws Exception {
        Instance core = start("first");
        agent(core).createSession("s").preserve(7, new Note("kept"));
        Path memory = Path.of(dto(core).memory.file);
        try (RandomAccessFile file = new RandomAccessFile(memory.toFile(), "rw")) {
            file.setLength(0);
        }
        LiveUpdateException refusal =
                assertThrows(LiveUpdateException.class, () -> core.handover().commit(System.nanoTime()));
        assertEquals(Errno.EIO, refusal.errno());
        assertTrue(refusal.getMessage().contains(memory.toString()), refusal::getMessage);
        core.handover().fence();
        core.close();
    }

    @Test
    void aCleanStartSaysWhichUpdateConsumedTheLastImage() throws Exception {
        update(); // and this generation ends without a word, as a process that is killed
        try (Instance next = start("first")) {
            EventDTO reclaimed = dto(next).history[0];
            assertEquals("LU0103", reclaimed.id);
            assertTrue(reclaimed.text.contains("live update 1 consumed the last image"), reclaimed.text);
        }
    }
}
