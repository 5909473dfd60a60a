package org.liveupdate.itests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Map;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.Session;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.notes.NotesFlb;
import org.liveupdate.itests.notes.NotesHandler;

/** A handover directory in which an earlier run left an image of notes. */
final class LeftNotes {
    static final int FILES = 2;

    private LeftNotes() {}

    /** For each bundle a session with its symbolic name, and {@link #FILES} files of its handler. */
    static Path leave(Collection<NotesBundle> bundles) {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "left",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (LiveUpdateFactory.Instance core = LiveUpdateFactory.find().create(directory, Map.of())) {
                for (NotesBundle bundle : bundles) {
                    preserve(core.agent(bundle.symbolicName()).liveUpdate(), bundle);
                }
            }
            return directory.toAbsolutePath();
        } catch (Exception e) {
            throw new IllegalStateException("no image could be left", e);
        }
    }

    private static void preserve(LiveUpdate liveUpdate, NotesBundle bundle) throws Exception {
        NotesHandler handler = new NotesHandler(bundle.handlers().get(0), callback -> {});
        liveUpdate.registerHandler(bundle.handlers().get(0), handler);
        liveUpdate.registerFlb(handler, bundle.flbs().get(0), new NotesFlb(callback -> {}));
        Session session = liveUpdate.createSession(bundle.symbolicName());
        for (int token = 1; token <= FILES; token++) {
            session.preserve(token, text(bundle, token));
        }
    }

    static String text(NotesBundle bundle, long token) {
        return bundle.handlers().get(0) + ": note " + token;
    }
}
