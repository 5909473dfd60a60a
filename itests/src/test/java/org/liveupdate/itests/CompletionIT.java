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
    private static final String CLEAR_LINE = "\u0015";
    private static final String END_OF_INPUT = "\u0004";

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
                session.execute("gosh --noshutdown --nohistory");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, "shell under test");
        shell.start();
    }

    @AfterEach
    void closeShell() throws Exception {
        type(CLEAR_LINE + END_OF_INPUT);
        shell.join();
        terminal.close();
        keyboard.close();
    }

    private void type(String keys) throws Exception {
        screen.reset();
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void awaitScreen(String text) {
        Await.until("\"" + text + "\" on the screen", () -> seen().contains(text));
    }

    /** Without what moves the cursor and sets colours. */
    private String seen() {
        return screen.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
    }

    @Test
    void commandsOptionsAndNamesAreCompleted() throws Exception {
        try (Memfd memfd = memfds.create("disk"); Session session = liveUpdate.createSession("machine-room")) {
            session.preserve(42, memfd);

            type("liveupdate:han\t\r");
            awaitScreen("huge-memfd-v1");
            type("liveupdate:sessions --js\t\r");
            awaitScreen("\"name\"");
            type("liveupdate:files mach\t\r");
            awaitScreen("machine-room  outgoing     42");
            type("liveupdate:plan org.liveupdate.providers.hug\t\r");
            awaitScreen(" can be swapped; no other bundle stops");
            type("liveupdate:why kex\t\r");
            awaitScreen("a live update");
            type("liveupdate:discard --yes machine-room \t");
            awaitScreen("42");
        }
    }
}
