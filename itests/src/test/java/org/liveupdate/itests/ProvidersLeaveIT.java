package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** What is seen of a provider that has left while files of it are preserved, and who may take its place. */
@OsgiTest(ProvidersLeaveIT.Bundles.class)
class ProvidersLeaveIT {
    private static final NotesBundle NOTES = NotesBundle.of("notes.owner", "note-v1", "book-v1");
    private static final NotesBundle STRANGER = NotesBundle.of("notes.stranger", "note-v1", "book-v1");
    private static final FlbKey<String> BOOK = new FlbKey<>("book-v1", String.class);
    private static final long HANG_MILLIS = 5_000;

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    BundleContext context;
    private final Obstacle obstacle = new Obstacle();
    private ServiceRegistration<?> watching;
    private Session session;

    /** The core with a short detach deadline. */
    public static final class Bundles implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            return OptionUtils.combine(new CoreBundles().get(),
                    CoreOptions.frameworkProperty("liveupdate.detach.timeout").value("300"));
        }
    }

    @BeforeEach
    void preserveTwoFiles() throws Exception {
        watching = context.registerService(Consumer.class.getName(), obstacle,
                new Hashtable<>(Map.of(NotesBundle.OF, NOTES.symbolicName())));
        ForeignAction.deploy(context, NOTES);
        session = liveUpdate.createSession("s");
        session.preserve(1, LeftNotes.text(NOTES, 1));
        session.preserve(2, LeftNotes.text(NOTES, 2));
    }

    @AfterEach
    void theOwnerIsBackAndEverythingIsThere() throws Exception {
        ForeignAction.deploy(context, NOTES);
        for (long token : session.tokens()) {
            try (FileHandle<String> file = session.open(token, String.class)) {
                assertEquals(LeftNotes.text(NOTES, token), file.get());
            }
        }
        session.close();
        assertEquals(0, runtime.getRuntimeDTO().memory.preservedPages);
        ForeignAction.bundle(context, NOTES).uninstall();
        watching.unregister();
    }

    @Test
    void whatIsDetachedSaysSinceWhenWhoLeftAndWhatToDo() throws Exception {
        ForeignAction.STOP.on(context, NOTES);

        FlbDTO book = book();
        assertEquals("DETACHED", book.state);
        assertEquals(2, book.files);
        assertTrue(book.detached.matches("detached since \\d{4}-\\d\\d-\\d\\dT.*notes\\.owner 1\\.0\\.0.*"),
                book.detached);
        Arrays.stream(runtime.getRuntimeDTO().sessions[0].files)
                .forEach(file -> assertEquals("DETACHED", file.state, file::toString));
        assertRefused(Errno.ENODEV, "note-v1", () -> session.open(1, String.class));
        assertRefused(Errno.ENODEV, "notes.owner 1.0.0", () -> liveUpdate.getOutgoing(BOOK));
        assertRefused(Errno.ENODEV, "install and start", session::close);
        assertEquals(List.of(1L, 2L), session.tokens());
    }

    @Test
    void aWithdrawnServiceDetachesAsAStoppedBundleDoes() throws Exception {
        command(NotesBundle.WITHDRAW);
        assertEquals("DETACHED", book().state);
        assertRefused(Errno.ENODEV, "note-v1", () -> session.open(1, String.class));

        command(NotesBundle.OFFER);
        assertEquals("PRESERVED", book().state);
    }

    @Test
    void anOpenHandleIsRevokedAtTheDeadlineAndItsCloseDoesNothing() throws Exception {
        FlbHandle<String> book = liveUpdate.getOutgoing(BOOK);
        FileHandle<String> file = session.open(1, String.class);

        Background.run("stop", () -> {
            ForeignAction.STOP.on(context, NOTES);
            return null;
        }).endsWithin(HANG_MILLIS);

        assertEquals("DETACHED", book().state);
        assertRefused(Errno.ENODEV, "book-v1", book::get);
        assertRefused(Errno.ENODEV, "on file 1", file::get);
        ForeignAction.deploy(context, NOTES);
        assertRefused(Errno.ENODEV, "book-v1", book::get);
        book.close();
        file.close();
        assertEquals("PRESERVED", book().state);
    }

    @Test
    void theClassesOfAnOwnerThatWasUninstalledAreCollectedWhileItsStateWaits() throws Exception {
        Loaders loaders = new Loaders();
        loaders.watch(ForeignAction.bundle(context, NOTES));
        ForeignAction.UNINSTALL.on(context, NOTES);

        assertEquals(0, loaders.left());
        assertEquals("DETACHED", book().state);
        assertEquals(2, book().files);
    }

    @Test
    void anotherBundleIsListedWithEpermWhileStateOfTheOwnerIsDetachedAndServesWhenAllIsFree() throws Exception {
        ForeignAction.UNINSTALL.on(context, NOTES);
        ForeignAction.deploy(context, STRANGER);
        assertEquals(List.of("FLB EPERM", "HANDLER EPERM"), refused("notes.owner"));

        ForeignAction.deploy(context, NOTES);
        assertEquals("notes.owner 1.0.0", book().module);
        assertEquals(2, refused("notes.owner").size());

        session.close();
        ForeignAction.UNINSTALL.on(context, NOTES);
        assertEquals(List.of(), refused(""));
        assertEquals("notes.stranger 1.0.0", book().module);
        ForeignAction.UNINSTALL.on(context, STRANGER);
        ForeignAction.deploy(context, NOTES);
        session = liveUpdate.createSession("s");
        session.preserve(1, LeftNotes.text(NOTES, 1));
        session.preserve(2, LeftNotes.text(NOTES, 2));
    }

    @Test
    void aProviderThatThrowsWhenItIsRegisteredIsRefusedAndHoldsUpNobody() throws Exception {
        try (ProviderBundle broken = ProviderBundle.deploy(context, "notes.broken")) {
            broken.handler("broken-v1", new TextHandler("broken") {
                @Override
                public Set<Callback> missing() {
                    throw new IllegalStateException("half a provider");
                }
            });
            assertEquals(List.of("HANDLER EINVAL"), refused("half a provider"));
            command(NotesBundle.WITHDRAW);
            command(NotesBundle.OFFER);
            assertEquals("PRESERVED", book().state);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"loads a class", "registers a service", "installs a bundle", "starts a bundle"})
    void aRefreshEndsWhateverTheDetachOfItsBundleNeedsOfTheFramework(String what) throws Exception {
        Bundle owner = ForeignAction.bundle(context, NOTES);
        obstacle.arm("handler.detach", () -> use(what, owner));
        obstacle.letGo();

        Background.run("refresh", () -> {
            ForeignAction.REFRESH.on(context, NOTES);
            return null;
        }).endsWithin(HANG_MILLIS);

        obstacle.awaitLeft();
        uninstallStranger();
    }

    private void use(String what, Bundle owner) {
        try {
            switch (what) {
                case "loads a class" -> owner.loadClass(NotesBundle.class.getName());
                case "registers a service" -> owner.getBundleContext().registerService(Runnable.class, () -> {},
                        null);
                case "installs a bundle" -> context.installBundle("notes:installed", STRANGER.stream());
                default -> ForeignAction.deploy(context, STRANGER);
            }
        } catch (ClassNotFoundException | BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private void uninstallStranger() throws BundleException {
        for (Bundle bundle : context.getBundles()) {
            if (STRANGER.symbolicName().equals(bundle.getSymbolicName())) {
                bundle.uninstall();
            }
        }
    }

    private void command(String command) throws Exception {
        ServiceReference<Runnable> reference = context.getServiceReferences(Runnable.class, "(&(" + NotesBundle.OF
                + '=' + NOTES.symbolicName() + ")(" + NotesBundle.COMMAND + '=' + command + "))").iterator().next();
        context.getService(reference).run();
    }

    private FlbDTO book() {
        return Arrays.stream(runtime.getRuntimeDTO().flbs)
                .filter(dto -> dto.compatible.equals("book-v1") && (dto.links > 0 || !dto.state.equals("IDLE")))
                .findFirst().orElseThrow();
    }

    private List<String> refused(String reason) {
        return Arrays.stream(runtime.getRuntimeDTO().refused).filter(dto -> dto.reason.contains(reason))
                .map(dto -> dto.kind + ' ' + dto.errno).sorted().toList();
    }

    private static void assertRefused(Errno errno, String says, org.junit.jupiter.api.function.Executable call) {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class, call);
        assertEquals(errno, refusal.errno(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(says), refusal.getMessage());
    }
}
