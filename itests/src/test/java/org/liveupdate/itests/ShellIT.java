package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.dto.BundleDTO;

/** Our Gogo commands, run as a script would. */
@OsgiTest(ShellBundles.class)
class ShellIT {
    private static final String MEMFD = "org.liveupdate.providers.memfd";
    private static final String HUGETLB = "org.liveupdate.providers.hugetlb";

    @OsgiService
    CommandProcessor gogo;
    @OsgiService(filter = "(osgi.converter.classes=org.liveupdate.api.runtime.dto.ModuleDTO)")
    Converter converter;
    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    MemfdFactory memfds;
    BundleContext context;

    private GogoShell shell;

    @BeforeEach
    void open() {
        shell = new GogoShell(gogo);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles()).filter(bundle -> bundle.getSymbolicName().equals(name)).findFirst()
                .orElseThrow();
    }

    @Test
    void modulesShowsWhoIsUsedByWhomAndUnloadRefusesIt() throws Exception {
        try (Memfd memfd = memfds.create("used"); Session session = liveUpdate.createSession("shell")) {
            session.preserve(1, memfd);

            String line = shell.shown("modules").lines().filter(each -> each.contains(MEMFD)).findFirst().orElseThrow();
            LiveUpdateException refusal = shell.refused(Errno.EWOULDBLOCK, "unload", MEMFD);

            assertTrue(line.matches(" *" + bundle(MEMFD).getBundleId() + " +" + MEMFD + " [0-9.]+\\S* +LIVE +1 +\\S.*"),
                    line);
            String holder = line.substring(line.indexOf(" 1  ") + 4);
            assertTrue(refusal.getMessage().contains(holder), refusal.getMessage() + " does not name " + holder);
            assertEquals(Bundle.ACTIVE, bundle(MEMFD).getState());
            assertLogged("LU0512");
        }
    }

    private void assertLogged(String event) throws Exception {
        String log = shell.shown("log");
        assertTrue(log.contains(event), log);
    }

    @Test
    void planFindsNothingAndSwapKeepsTheFile(@TempDir Path directory) throws Exception {
        Bundle old = bundle(MEMFD);
        Path jar = Files.write(directory.resolve("next.jar"), NextVersion.jar(old));
        Memfd memfd = memfds.create("swapped");
        memfd.write(ByteBuffer.wrap(new byte[]{1, 2, 3}));
        try (Session session = liveUpdate.createSession("shell")) {
            session.preserve(1, memfd);

            assertTrue(shell.shown("plan", old.getBundleId()).contains(" can be swapped; no other bundle stops\n"
                    + "  goes to the new bundle: file 1 of outgoing session \"shell\""));
            assertTrue(shell.shown("plan", old.getBundleId(), jar.toUri()).contains(" can be swapped"));
            assertTrue(shell.shown("plan", HUGETLB, jar.toUri()).contains(" can be swapped"), "it is not in use");
            shell.refused(Errno.EPERM, "swap", old.getBundleId(), jar.toUri());
            BundleDTO next = (BundleDTO) shell.run("swap", "--yes", old.getBundleId(), jar.toUri());

            assertTrue(shell.printed().contains("to the new one goes file 1 of outgoing session \"shell\""),
                    shell.printed());
            assertEquals(old.getVersion().getMajor() + 1, new Version(next.version).getMajor());
            try (FileHandle<Memfd> handle = session.open(1, Memfd.class)) {
                assertEquals(3, handle.get().size());
                handle.get().close();
            }
            String history = shell.shown("history");
            assertTrue(history.matches(
                    "(?s).* was replaced by .*; whoever called meanwhile waited at most \\d+\\.\\d ms.*"), history);
        }
    }

    @Test
    void unloadingByForceRemovesABundle() throws Exception {
        Bundle hugetlb = bundle(HUGETLB);

        shell.run("unload", "-f", hugetlb.getBundleId());

        assertEquals(Bundle.UNINSTALLED, hugetlb.getState());
        assertLogged("LU0511");
        shell.refused(Errno.ENOENT, "unload", HUGETLB);
    }

    @Test
    void unloadingByForceWhatIsInUseIsConfirmedFirst() throws Exception {
        try (Memfd memfd = memfds.create("used"); Session session = liveUpdate.createSession("shell")) {
            session.preserve(1, memfd);

            shell.refused(Errno.EPERM, "unload", "--force", MEMFD);

            assertTrue(shell.printed().contains("unload detaches what"), shell.printed());
            assertEquals(Bundle.ACTIVE, bundle(MEMFD).getState());
        }
    }

    @Test
    void bundlesOfLiveUpdateItselfAreRefused() throws Exception {
        shell.refused(Errno.EPERM, "unload", "org.liveupdate.core");
        shell.refused(Errno.EBUSY, "swap", "--yes", "org.liveupdate.api", "file:/nowhere");
        assertTrue(shell.shown("plan", "org.liveupdate.core").contains("kexec"));
        shell.refused(Errno.EOPNOTSUPP, "kexec", "--yes");
        shell.refused(Errno.EOPNOTSUPP, "plan");
    }

    @Test
    void aPathIsPreservedAndTheSessionClosedByHand(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[]{7, 8, 9});

        assertTrue(shell.shown("create", "by-hand").contains("by-hand  outgoing"));
        String line = shell.shown("preserve", "by-hand", 5, "'" + file + "'").lines().skip(1).findFirst().orElseThrow();

        assertTrue(line.matches("by-hand +outgoing +5 +memfd-v\\d +PRESERVED .*"), line);
        assertTrue(shell.shown("status").contains("outgoing     1 session, 1 file\n"), shell.shown("status"));
        shell.refused(Errno.EPERM, "close", "by-hand");
        assertEquals("outgoing session \"by-hand\" is closed", shell.run("close", "--yes", "by-hand"));
        assertEquals(List.of(), liveUpdate.sessions(Side.OUTGOING));
    }

    @Test
    void whatACommandShowsIsThereAsJson() throws Exception {
        String json = (String) shell.run("status", "--json");

        assertTrue(json.startsWith("{\n") && json.contains("\"phase\": \"RUNNING\""), json);
        assertTrue(((String) shell.run("modules", "--json")).contains("\"name\": \"" + MEMFD));
    }
}
