package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
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
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

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

    private CommandSession shell;

    @BeforeEach
    void open() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        shell = gogo.createSession(new ByteArrayInputStream(new byte[0]), nowhere, nowhere);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private Object run(String command, Object... words) throws Exception {
        StringBuilder line = new StringBuilder("liveupdate:" + command);
        for (Object word : words) {
            line.append(' ').append(word);
        }
        return shell.execute(line);
    }

    private String shown(String command) throws Exception {
        return shell.format(run(command), Converter.INSPECT).toString();
    }

    private LiveUpdateException refused(Errno errno, String command, Object... words) {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class, () -> run(command, words));
        assertEquals(errno, refusal.errno(), refusal.getMessage());
        return refusal;
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles()).filter(bundle -> bundle.getSymbolicName().equals(name)).findFirst()
                .orElseThrow();
    }

    @Test
    void modulesShowsWhoIsUsedByWhomAndUnloadRefusesIt() throws Exception {
        try (Memfd memfd = memfds.create("used"); Session session = liveUpdate.createSession("shell")) {
            session.preserve(1, memfd);

            String line = shown("modules").lines().filter(each -> each.contains(MEMFD)).findFirst().orElseThrow();
            LiveUpdateException refusal = refused(Errno.EWOULDBLOCK, "unload", MEMFD);

            assertTrue(line.matches(" *" + bundle(MEMFD).getBundleId() + " +" + MEMFD + " [0-9.]+\\S* +LIVE +1 +\\S.*"),
                    line);
            String holder = line.substring(line.indexOf(" 1  ") + 4);
            assertTrue(refusal.getMessage().contains(holder), refusal.getMessage() + " does not name " + holder);
            assertEquals(Bundle.ACTIVE, bundle(MEMFD).getState());
        }
    }

    @Test
    void planFindsNothingAndSwapKeepsTheFile(@TempDir Path directory) throws Exception {
        Bundle old = bundle(MEMFD);
        Path jar = Files.write(directory.resolve("next.jar"), NextVersion.jar(old));
        Memfd memfd = memfds.create("swapped");
        memfd.write(ByteBuffer.wrap(new byte[]{1, 2, 3}));
        try (Session session = liveUpdate.createSession("shell")) {
            session.preserve(1, memfd);

            assertEquals(List.of(), run("plan", old.getBundleId()));
            Bundle next = (Bundle) run("swap", old.getBundleId(), jar.toUri());

            assertEquals(old.getVersion().getMajor() + 1, next.getVersion().getMajor());
            try (FileHandle<Memfd> handle = session.open(1, Memfd.class)) {
                assertEquals(3, handle.get().size());
                handle.get().close();
            }
        }
    }

    @Test
    void unloadingByForceRemovesABundle() throws Exception {
        Bundle hugetlb = bundle(HUGETLB);

        run("unload", "-f", hugetlb.getBundleId());

        assertEquals(Bundle.UNINSTALLED, hugetlb.getState());
        refused(Errno.ENOENT, "unload", HUGETLB);
    }

    @Test
    void bundlesOfLiveUpdateItselfAreRefused() throws Exception {
        refused(Errno.EPERM, "unload", "org.liveupdate.core");
        refused(Errno.EPERM, "swap", "org.liveupdate.api", "file:/nowhere");
        assertTrue(run("plan", "org.liveupdate.core").toString().contains("kexec"));
    }
}
