package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.LiveUpdateFactory.Instance;
import org.liveupdate.api.Session;
import org.liveupdate.core.osgi.NoteHandler.Note;

/** A flight recording shows every callback and every phase of a live update. */
class FlightRecordingTest {
    @TempDir
    Path directory;

    @BeforeEach
    void makePrivate() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private Instance start(String role) throws Exception {
        Instance core = LiveUpdateFactory.find().create(directory, Map.of("liveupdate.role", role));
        core.agent("test").liveUpdate().registerHandler("note-v1", new NoteHandler());
        return core;
    }

    private void update() throws Exception {
        Instance first = start("first");
        Instance second = start("successor");
        first.agent("test").liveUpdate().createSession("s").preserve(7, new Note("kept"));
        second.handover().claim(first.handover().commit(System.nanoTime()));
        second.handover().confirm();
        first.handover().fence();
        first.close();
        Session session = second.agent("test").liveUpdate().retrieveSession("s");
        session.retrieve(7, Note.class);
        session.close();
        second.close();
    }

    private List<RecordedEvent> record(String event) throws Exception {
        Path file = directory.resolveSibling(directory.getFileName() + ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(event).withoutThreshold();
            recording.start();
            update();
            recording.stop();
            recording.dump(file);
        }
        try {
            return RecordingFile.readAllEvents(file).stream()
                    .filter(each -> each.getEventType().getName().equals(event))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void everyCallbackIsInTheRecordingWithItsFileAndBundle() throws Exception {
        List<RecordedEvent> events = record("org.liveupdate.Callback");
        assertEquals(List.of("can_preserve", "preserve", "freeze", "retrieve", "can_finish", "finish"),
                events.stream().map(event -> event.getString("callback")).toList());
        for (RecordedEvent event : events) {
            assertEquals(List.of("HANDLER", "note-v1", "s", 7L, "OK"),
                    List.of(event.getString("kind"), event.getString("compatible"), event.getString("session"),
                            event.getLong("token"), event.getString("result")));
            assertEquals("test", event.getString("module").strip());
            assertTrue(event.getDuration().toNanos() > 0);
        }
    }

    @Test
    void everyPhaseIsInTheRecording() throws Exception {
        Set<String> phases = record("org.liveupdate.Phase").stream().map(event -> event.getString("phase"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("freeze", "commit", "claim", "decision", "handover", "blackout", "retrieve", "finish"),
                phases);
    }
}
