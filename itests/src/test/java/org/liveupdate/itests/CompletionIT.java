package org.liveupdate.itests;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.Session;
import org.liveupdate.itests.e2e.Await;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;

/** The tabulator key, in the shell that has it: what a person types, and what the terminal shows. */
@OsgiTest(CompletionBundles.class)
class CompletionIT {
    @OsgiService
    CommandProcessor gogo;
    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    MemfdFactory memfds;
    /** It is there as soon as Gogo can complete. */
    @OsgiService(filter = "(&(osgi.command.scope=liveupdate)(osgi.command.function=candidates))")
    CommandSessionListener completion;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private Terminal terminal;
    private Thread shell;

    @BeforeEach
    void openShell() throws Exception {
        terminal = new ExternalTerminal("test", "ansi", new PipedInputStream(keyboard), screen,
                StandardCharsets.UTF_8);
        CommandSession session = gogo.createSession(terminal.input(), terminal.output(), terminal.output());
        session.put(".terminal", terminal);
        shell = new Thread(() -> {
            try {
                session.execute("gosh --login --noshutdown --nohistory");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, "shell under test");
        shell.start();
    }

    @AfterEach
    void closeShell() throws Exception {
        keyboard.close();
        terminal.close();
        shell.join();
    }

    private void type(String keys) throws Exception {
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void awaitScreen(String text) {
        Await.until("\"" + text + "\" on the screen", () -> screen.toString(StandardCharsets.UTF_8).contains(text));
    }

    @Test
    void commandsOptionsAndNamesAreCompleted() throws Exception {
        try (Memfd memfd = memfds.create("disk"); Session session = liveUpdate.createSession("machine-room")) {
            session.preserve(42, memfd);

            type("liveupdate:han\t");
            awaitScreen("liveupdate:handlers");
            type("--js\t");
            awaitScreen("liveupdate:handlers --json");
            type("\u0015liveupdate:files mach\t");
            awaitScreen("liveupdate:files machine-room");
            type("\u0015liveupdate:discard --yes machine-room \t");
            awaitScreen("liveupdate:discard --yes machine-room 42");
            type("\u0015liveupdate:unload org.liveupdate.providers.hug\t");
            awaitScreen("liveupdate:unload org.liveupdate.providers.hugetlb");
            type("\u0015liveupdate:why memfd-\t");
            awaitScreen("liveupdate:why memfd-v2");
        }
    }
}
