package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.itests.e2e.Await;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.BundleContext;

/** Whatever deploys bundles goes through the same rules: a watched directory, and the commands of a shell. */
@OsgiTest(DeployingIT.Bundles.class)
class DeployingIT {
    private static final String WATCHED = "felix.fileinstall.dir";

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    @OsgiService
    CommandProcessor shell;
    BundleContext context;

    /** The core, Felix File Install with an empty directory, and the commands of Gogo. */
    public static final class Bundles implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            return OptionUtils.combine(new CoreBundles().get(), onClasspath("org.apache.felix.fileinstall"),
                    onClasspath("org.apache.felix.gogo.runtime"), onClasspath("org.apache.felix.gogo.command"),
                    onClasspath("org.apache.felix.gogo.shell"),
                    CoreOptions.frameworkProperty("gosh.args").value("--nointeractive"),
                    CoreOptions.frameworkProperty(WATCHED).value(directory().toString()),
                    CoreOptions.frameworkProperty("felix.fileinstall.tmpdir").value(directory().toString()),
                    CoreOptions.frameworkProperty("felix.fileinstall.poll").value("100"),
                    CoreOptions.frameworkProperty("felix.fileinstall.noInitialDelay").value("true"));
        }

        private static Path directory() {
            try {
                return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "watched")
                        .toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aJarInAWatchedDirectoryIsReplacedDeletedAndDroppedAgain(@TempDir Path elsewhere) throws Exception {
        NotesBundle notes = NotesBundle.of("notes.dropped", "note-dropped", "book-dropped");
        Path jar = Path.of(context.getProperty(WATCHED)).resolve("notes.jar");
        long pages = runtime.getRuntimeDTO().memory.usedPages;
        drop(notes, jar, elsewhere);
        awaitServing(notes, "IDLE");
        Session session = preserve(notes);

        drop(notes.withVersion("2.0.0"), jar, elsewhere);
        awaitServing(notes.withVersion("2.0.0"), "PRESERVED");
        assertFilesAreThere(notes, session);

        Files.delete(jar);
        assertDetachedWhenItHasLeft(notes, session);

        drop(notes.withVersion("3.0.0"), jar, elsewhere);
        awaitServing(notes.withVersion("3.0.0"), "PRESERVED");
        assertFilesAreThere(notes, session);
        session.close();
        assertEquals(pages, runtime.getRuntimeDTO().memory.usedPages);
    }

    @Test
    void theCommandsOfAShellStopStartUpdateUninstallAndInstall(@TempDir Path jars) throws Exception {
        NotesBundle notes = NotesBundle.of("notes.typed", "note-typed", "book-typed");
        long pages = runtime.getRuntimeDTO().memory.usedPages;
        String first = url(notes, jars);
        type("felix:install " + first);
        type("felix:start " + context.getBundle(first).getBundleId());
        Session session = preserve(notes);

        long id = context.getBundle(first).getBundleId();
        type("felix:stop " + id);
        assertDetachedWhenItHasLeft(notes, session);
        type("felix:start " + id);
        awaitServing(notes, "PRESERVED");
        assertFilesAreThere(notes, session);

        NotesBundle second = notes.withVersion("2.0.0");
        type("felix:update " + id + ' ' + url(second, jars));
        awaitServing(second, "PRESERVED");
        assertFilesAreThere(notes, session);
        type("felix:refresh " + id);
        awaitServing(second, "PRESERVED");

        type("felix:uninstall " + id);
        assertDetachedWhenItHasLeft(notes, session);
        String third = url(notes.withVersion("3.0.0"), jars);
        type("felix:install " + third);
        type("felix:start " + context.getBundle(third).getBundleId());
        awaitServing(notes.withVersion("3.0.0"), "PRESERVED");
        assertFilesAreThere(notes, session);
        session.close();
        assertEquals(pages, runtime.getRuntimeDTO().memory.usedPages);
    }

    /** Moved, so that nobody sees half a jar. */
    private static void drop(NotesBundle notes, Path jar, Path elsewhere) throws IOException {
        Path whole = Files.write(elsewhere.resolve(notes.version()), notes.jar());
        Files.move(whole, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String url(NotesBundle notes, Path jars) throws IOException {
        return Files.write(jars.resolve(notes.version() + ".jar"), notes.jar()).toUri().toString();
    }

    private void type(String command) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CommandSession session = shell.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.execute(command);
        }
        assertTrue(!out.toString().contains("xception"), () -> command + ": " + out);
    }

    private Session preserve(NotesBundle notes) throws LiveUpdateException {
        Session session = liveUpdate.createSession(notes.symbolicName());
        session.preserve(1, LeftNotes.text(notes, 1));
        session.preserve(2, LeftNotes.text(notes, 2));
        return session;
    }

    private static void assertFilesAreThere(NotesBundle notes, Session session) throws LiveUpdateException {
        assertEquals(List.of(1L, 2L), session.tokens());
        for (long token : session.tokens()) {
            try (FileHandle<String> file = session.open(token, String.class)) {
                assertEquals(LeftNotes.text(notes, token), file.get());
            }
        }
    }

    private void assertDetachedWhenItHasLeft(NotesBundle notes, Session session) throws Exception {
        Await.until(notes.symbolicName() + " is detached", () -> flb(notes).state.equals("DETACHED"));
        assertEquals(Errno.ENODEV,
                assertThrows(LiveUpdateException.class, () -> session.open(1, String.class)).errno());
        assertEquals(List.of(1L, 2L), session.tokens());
        assertEquals(2, flb(notes).files);
    }

    private void awaitServing(NotesBundle notes, String state) throws Exception {
        String module = notes.symbolicName() + ' ' + notes.version();
        Await.until(module + " serves, " + state, () -> {
            FlbDTO flb = flb(notes);
            return flb != null && flb.module.equals(module) && flb.state.equals(state) && flb.links > 0;
        });
    }

    private FlbDTO flb(NotesBundle notes) {
        return Arrays.stream(runtime.getRuntimeDTO().flbs)
                .filter(dto -> dto.compatible.equals(notes.flbs().get(0))).findFirst().orElse(null);
    }
}
