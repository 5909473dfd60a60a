package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.LiveUpdateFactory.Instance;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.core.osgi.NoteHandler.Note;

/** A generation that ends in order leaves an image, and the next start finds everything. */
class OrderlyStopTest {
    @TempDir
    Path directory;
    private final NoteHandler handler = new NoteHandler();

    @BeforeEach
    void makePrivate() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private Instance start() throws Exception {
        Instance core = LiveUpdateFactory.find().create(directory, Map.of());
        agent(core).registerHandler("note-v1", handler);
        return core;
    }

    private static LiveUpdate agent(Instance core) {
        return core.agent("test").liveUpdate();
    }

    @Test
    void whatIsPreservedIsFoundAtTheNextStart() throws Exception {
        try (Instance first = start()) {
            agent(first).createSession("s").preserve(1, new Note("kept"));
        }
        try (Instance second = start()) {
            Session session = agent(second).retrieveSession("s");
            assertEquals(new Note("kept"), session.retrieve(1, Note.class));
            session.close();
            assertEquals(0, second.runtime().getRuntimeDTO().memory.usedPages);
        }
        assertEquals(List.of(), files("memory"));
    }

    @Test
    void whatWasHandedOverAndNotFinishedIsHandedOverOnceMore() throws Exception {
        try (Instance first = start()) {
            Session session = agent(first).createSession("s");
            session.preserve(1, new Note("seen"));
            session.preserve(2, new Note("unseen"));
        }
        try (Instance second = start()) {
            agent(second).retrieveSession("s").retrieve(1, Note.class);
        }
        assertEquals(1, handler.detached);
        try (Instance third = start()) {
            assertEquals(2, agent(third).number());
            Session session = agent(third).retrieveSession("s");
            assertEquals(new Note("seen"), session.retrieve(1, Note.class));
            assertEquals(new Note("unseen"), session.retrieve(2, Note.class));
            session.close();
            assertEquals(0, third.runtime().getRuntimeDTO().memory.usedPages);
        }
    }

    @Test
    void bothSidesAreHandedOverTogetherWhereTheirNamesDiffer() throws Exception {
        try (Instance first = start()) {
            agent(first).createSession("old").preserve(1, new Note("old"));
        }
        try (Instance second = start()) {
            agent(second).createSession("new").preserve(1, new Note("new"));
        }
        try (Instance third = start()) {
            assertEquals(List.of("old", "new"), agent(third).sessions(Side.INCOMING));
            assertEquals(new Note("old"), agent(third).retrieveSession("old").retrieve(1, Note.class));
            assertEquals(new Note("new"), agent(third).retrieveSession("new").retrieve(1, Note.class));
        }
    }

    @Test
    void whereTheSidesHaveTheSameNameThePreservedOneStaysOutgoingAndNothingIsLost() throws Exception {
        try (Instance first = start()) {
            agent(first).createSession("s").preserve(1, new Note("old"));
        }
        try (Instance second = start()) {
            agent(second).retrieveSession("s").retrieve(1, Note.class);
            agent(second).createSession("s").preserve(1, new Note("new"));
        }
        try (Instance third = start()) {
            assertEquals(2, agent(third).number());
            assertEquals(List.of("s"), agent(third).sessions(Side.INCOMING));
            assertEquals(List.of("s"), agent(third).sessions(Side.OUTGOING));
            Session old = agent(third).retrieveSession("s");
            assertEquals(new Note("old"), old.retrieve(1, Note.class));
            old.close();
        }
        try (Instance fourth = start()) {
            assertEquals(3, agent(fourth).number());
            Session handedOver = agent(fourth).retrieveSession("s");
            assertEquals(new Note("new"), handedOver.retrieve(1, Note.class));
            handedOver.close();
            assertEquals(0, fourth.runtime().getRuntimeDTO().memory.usedPages);
        }
    }

    @Test
    void aFreezeThatIsRefusedDoesNotRefuseTheStop() throws Exception {
        handler.freezes = false;
        try (Instance first = start()) {
            agent(first).createSession("s").preserve(1, new Note("kept"));
        }
        try (Instance second = start()) {
            Session session = agent(second).retrieveSession("s");
            assertEquals(new Note("kept"), session.retrieve(1, Note.class));
            session.close();
        }
    }

    @Test
    void withoutAnythingPreservedNothingIsLeftBehind() throws Exception {
        Instance first = start();
        assertFalse(files("memory").isEmpty());
        first.close();
        assertEquals(List.of(), files("memory"));
        assertTrue(files("image").isEmpty());
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
        }
    }
}
