package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.Session;
import org.liveupdate.itests.e2e.Await;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** Something does not come up, or cannot be let go of, and the shell says why and what to do. */
@OsgiTest(WhyIT.Bundles.class)
class WhyIT {
    private static final NotesBundle NOTES = NotesBundle.of("notes.owner", "note-v1", "book-v1");
    private static final long CALLBACK_LIMIT_MILLIS = 2_000;
    private static final long HANG_MILLIS = 20_000;

    @OsgiService
    CommandProcessor gogo;
    @OsgiService
    LiveUpdate liveUpdate;
    BundleContext context;

    private final Obstacle obstacle = new Obstacle();
    private ServiceRegistration<?> watching;
    private GogoShell shell;

    /** The shell, and a core that soon finds a callback slow. */
    public static final class Bundles implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            return OptionUtils.combine(new ShellBundles().get(), CoreOptions
                    .frameworkProperty("liveupdate.callback.timeout").value(Long.toString(CALLBACK_LIMIT_MILLIS)));
        }
    }

    @BeforeEach
    void open() throws Exception {
        shell = new GogoShell(gogo);
        watching = context.registerService(Consumer.class.getName(), obstacle,
                new Hashtable<>(Map.of(NotesBundle.OF, NOTES.symbolicName())));
        ForeignAction.deploy(context, NOTES);
    }

    @AfterEach
    void close() throws Exception {
        shell.close();
        Bundle notes = ForeignAction.bundle(context, NOTES);
        if (notes != null) {
            notes.uninstall();
        }
        watching.unregister();
    }

    private Session preserved(String name) throws Exception {
        Session session = liveUpdate.createSession(name);
        session.preserve(1, "note-v1: text");
        return session;
    }

    /** The answer has these parts, in this order. */
    private void says(Object name, String... sentences) throws Exception {
        String text = shell.shown("why", name);
        int from = 0;
        for (String sentence : sentences) {
            int at = text.indexOf(sentence, from);
            assertTrue(at >= 0, "\"" + sentence + "\" is missing, or in another place, in:\n" + text);
            from = at + sentence.length();
        }
    }

    @Test
    void nothingIsInTrouble() throws Exception {
        assertEquals("everything:\n  nothing is in trouble", shell.shown("why"));
        says("note-v1", "handler note-v1:\n  notes.owner 1.0.0 provides it; 0 files held");
    }

    @Test
    void aBundleIsPinnedByAFile() throws Exception {
        long id = ForeignAction.bundle(context, NOTES).getBundleId();
        Session session = preserved("a");

        says("notes.owner", "bundle " + id + " (notes.owner 1.0.0):\n  it cannot be unloaded while it is used by ",
                "file 1 of outgoing session \"a\"", "-> close or finish those", "liveupdate:swap " + id + " URL",
                "liveupdate:unload --force " + id);
        session.close();
    }

    @Test
    void theProviderOfPreservedFilesWasStopped() throws Exception {
        Session session = preserved("a");
        Bundle notes = ForeignAction.bundle(context, NOTES);
        notes.stop();
        String start = "-> felix:start " + notes.getBundleId();
        String stopped = "bundle " + notes.getBundleId() + " (notes.owner 1.0.0), which preserved it, is RESOLVED, not "
                + "started";

        says("note-v1", "handler note-v1:", "1 file has nobody who serves it", stopped, start);
        says("book-v1", "FLB book-v1:", "its state is preserved for 1 file, and nobody serves it");
        says("a", "outgoing session \"a\":", "1 file has nobody who serves it", stopped, start);
        says(1, "file 1 of outgoing session \"a\":", stopped, start);
        says("notes.owner", "it is RESOLVED, not started", start,
                "1 file of session \"a\" that it preserved waits for it");
        says("kexec", "1 file of outgoing session \"a\" has no provider that could freeze it");
        assertTrue(shell.shown("why").contains(start));

        notes.start();
        assertEquals("everything:\n  nothing is in trouble", shell.shown("why"));
        session.close();
    }

    @Test
    void nobodyProvidesIt() throws Exception {
        Session session = preserved("a");
        ForeignAction.bundle(context, NOTES).uninstall();

        says("note-v1", "no installed bundle provides handler note-v1",
                "-> install and start notes.owner: felix:install URL, felix:start ID");

        ForeignAction.deploy(context, NOTES);
        session.close();
    }

    @Test
    void anotherBundleHasTheName() throws Exception {
        Bundle rival = ForeignAction.deploy(context, NotesBundle.of("notes.rival", "note-v1", "rival-v1"));
        try {
            says("notes.rival", "its handler note-v1 was refused with EEXIST: ");
            assertTrue(
                    shell.shown("status").contains("refused: handler note-v1 of bundle notes.rival 1.0.0: EEXIST: "));
        } finally {
            rival.uninstall();
        }
    }

    @Test
    void anFlbThatAHandlerNeedsIsMissing() throws Exception {
        NotesBundle needy = new NotesBundle("notes.needy", "1.0.0", List.of("needy-v1"), List.of(),
                List.of("absent-v1"));
        Bundle bundle = ForeignAction.deploy(context, needy);
        try {
            String missing = "handler needy-v1 needs FLB absent-v1, which is not there: preserving one of its files is "
                    + "ENODEV";
            says("needy-v1", missing, "no installed bundle provides FLB absent-v1");
            says("absent-v1", missing, "no installed bundle provides FLB absent-v1");
            assertTrue(shell.shown("handlers").contains("lacks absent-v1"));
        } finally {
            bundle.uninstall();
        }
    }

    @Test
    void aBundleCannotBeResolved() throws Exception {
        Bundle bundle = context.installBundle("test:unresolved", new BundleJar("test.unresolved", "1.0.0")
                .header(Constants.IMPORT_PACKAGE, "not.there").content());
        try {
            says("test.unresolved", "it is INSTALLED: something that it requires is missing, so it cannot be resolved",
                    "-> felix:start " + bundle.getBundleId() + " says what is missing");
        } finally {
            bundle.uninstall();
        }
    }

    @Test
    void aComponentWaitsForAService() throws Exception {
        Bundle bundle = context.installBundle("test:waiting", waitingComponent());
        bundle.start();
        try {
            says("test.waiting", "component test.waiting.part waits for a service not.there.Service");
            says("waiting-v1", "component test.waiting.part waits for a service not.there.Service",
                    "-> it goes on by itself as soon as that is there");
        } finally {
            bundle.uninstall();
        }
    }

    /** A bundle that declares a handler, whose one component is not satisfied. */
    private static ByteArrayInputStream waitingComponent() throws Exception {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "test.waiting");
        headers.putValue(Constants.PROVIDE_CAPABILITY, "liveupdate.handler;compatible=\"waiting-v1\"");
        headers.putValue(Constants.REQUIRE_CAPABILITY,
                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.4))\"");
        headers.putValue("Service-Component", "OSGI-INF/part.xml");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/part.xml"));
            jar.write("""
                    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="test.waiting.part">
                      <implementation class="java.lang.Object"/>
                      <reference name="needed" interface="not.there.Service"/>
                    </scr:component>""".getBytes(StandardCharsets.UTF_8));
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Test
    void aSlowCallbackIsReportedWithBundleCallbackAndStackAtHalfItsTime() throws Exception {
        obstacle.arm("handler.preserve");
        Session session = liveUpdate.createSession("slow");
        Background preserving = Background.run("slow agent", () -> {
            session.preserve(1, "note-v1: text");
            return null;
        });
        obstacle.awaitEntered();

        Await.until("the slow callback in the status", () -> shownQuietly("status").contains("slow: "));

        for (String command : new String[]{"status", "log"}) {
            String text = shell.shown(command);
            assertTrue(
                    text.contains("slow: preserve of note-v1 (file 1 of session \"slow\") in bundle notes.owner 1.0.0 "
                            + "has been running for "),
                    text);
            assertTrue(text.contains("in thread \"slow agent\""), text);
            assertTrue(text.contains(Obstacle.class.getName() + ".accept"), text);
        }
        says("slow", "preserve of note-v1 in bundle notes.owner 1.0.0 has been running for ");
        obstacle.letGo();
        preserving.endsWithin(HANG_MILLIS);
        session.close();
    }

    private String shownQuietly(String command) {
        try {
            return shell.shown(command);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatAre() {
        String refusal = shell.refused(Errno.ENOENT, "why", "nothing").getMessage();
        assertTrue(refusal.contains("nothing is called nothing; ask about") && refusal.contains("note-v1"), refusal);
    }
}
