package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.journal.Journal;
import org.liveupdate.core.osgi.NoteHandler.Note;

/** The next core finds what the last one left, and believes a note only as far as it is true. */
class StartingPlaceTest {
    @TempDir
    Path place;
    private final List<Event> events = new ArrayList<>();
    private final Journal journal = new Journal(events::add, Runnable::run, () -> {});
    private Path left;
    private StopNote note;

    @BeforeEach
    void leaveAnImage() throws Exception {
        left = privateDirectory("left");
        note = new StopNote(place.resolve("note"));
        try (LiveUpdateFactory.Instance core = LiveUpdateFactory.find().create(left, Map.of())) {
            LiveUpdate agent = core.agent("test").liveUpdate();
            agent.registerHandler("note-v1", new NoteHandler());
            agent.createSession("s").preserve(1, new Note("kept"));
        }
        note.write(new StopNote.Left(left, 1));
    }

    private Path privateDirectory(String name) throws IOException {
        return Files.createDirectory(place.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))).toRealPath();
    }

    private StartingPlace find(Path configured) throws IOException {
        return StartingPlace.find(configured, note, journal);
    }

    private void assertIgnored(String reason, Path configured) throws IOException {
        StartingPlace found = find(configured);
        assertFalse(found.resumes());
        assertEquals(List.of(EventId.LEFT_IGNORED), events.stream().map(Event::id).toList());
        String text = events.get(0).text();
        assertTrue(text.contains(left.toString()) && text.contains(reason), text);
        assertEquals(Optional.empty(), note.read(), "what is of no use is forgotten");
        if (configured == null) {
            assertNotEquals(left, found.directory().path());
            Files.delete(found.directory().path());
        }
    }

    @Test
    void theDirectoryIsFoundAgainWithoutBeingConfigured() throws IOException {
        StartingPlace found = find(null);
        assertTrue(found.resumes());
        assertEquals(left, found.directory().path());
        assertEquals(List.of(), events);
        assertEquals(Optional.of(new StopNote.Left(left, 1)), note.read(), "until somebody has taken it over");
    }

    @Test
    void theConfiguredDirectoryResumesWhatIsThere() throws IOException {
        assertTrue(find(left).resumes());
        note.remove();
        assertFalse(find(left).resumes());
        assertEquals(List.of(), events);
    }

    @Test
    void aDirectoryThatIsNotConfiguredAnyMoreIsIgnored() throws IOException {
        Path other = privateDirectory("other");
        assertIgnored(other.toString(), other);
    }

    @Test
    void anImageThatWasTakenOverIsIgnored() throws Exception {
        LiveUpdateFactory.find().create(left, Map.of()).close();
        assertIgnored("taken over", null);
    }

    @Test
    void aDirectoryThatOthersCanReadIsIgnored() throws IOException {
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertIgnored("", null);
    }

    @Test
    void aDirectoryThatIsGoneIsIgnored() throws IOException {
        Files.move(left, place.resolve("elsewhere"));
        assertIgnored("missing", null);
    }

    @Test
    void aNoteThatIsNoneIsNoNote() throws IOException {
        for (String text : List.of("", "one line", "/tmp\nnot a number", "/tmp\0\n1", "/tmp\n1\nmore")) {
            Files.writeString(place.resolve("note"), text);
            assertEquals(Optional.empty(), note.read(), text);
        }
        StopNote nowhere = new StopNote(null);
        nowhere.write(new StopNote.Left(left, 1));
        nowhere.remove();
        assertEquals(Optional.empty(), nowhere.read());
    }
}
