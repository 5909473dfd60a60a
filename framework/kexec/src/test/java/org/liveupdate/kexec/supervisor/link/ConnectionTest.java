package org.liveupdate.kexec.supervisor.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    @TempDir
    Path directory;

    private Connection generation;
    private SocketChannel peer;
    private Connection supervisor;

    @BeforeEach
    void connect() throws IOException {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            generation = Connection.to(socket);
            peer = server.accept();
            supervisor = new Connection(peer);
        }
    }

    @AfterEach
    void close() throws IOException {
        generation.close();
        supervisor.close();
    }

    private void raw(String bytes) throws IOException {
        peer.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void messagesArriveInOrderAndThenTheEnd() throws Exception {
        generation.send(Message.of(Verb.HELLO, 3));
        generation.send(Message.of(Verb.CAN, "handler memfd-v1 ü"));
        generation.send(Message.of(Verb.READY));
        generation.close();
        assertEquals(new Message(Verb.HELLO, "3"), supervisor.receive());
        assertEquals(new Message(Verb.CAN, "handler memfd-v1 ü"), supervisor.receive());
        assertEquals(Message.of(Verb.READY), supervisor.receive());
        assertNull(supervisor.receive());
    }

    @Test
    void somethingCanBeSentWhileAThreadReceives() throws Exception {
        Thread echo = new Thread(() -> {
            try {
                generation.send(generation.receive());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread waiting = new Thread(() -> {
            try {
                supervisor.receive();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.start();
        echo.start();
        supervisor.send(Message.of(Verb.KILL, 2));
        waiting.join();
        echo.join();
    }

    @Test
    void lineCanComeInPieces() throws Exception {
        raw("STAR");
        raw("TED 2 77\nDE");
        assertEquals(Message.of(Verb.STARTED, 2, 77), generation.receive());
        raw("AD 2 9\n");
        Message dead = generation.receive();
        assertEquals(9, dead.number(1));
        assertEquals(-1, dead.number(2));
    }

    @Test
    void unknownLineIsRefused() throws Exception {
        raw("EXPLODE now\n");
        assertThrows(IOException.class, generation::receive);
    }

    @Test
    void lineWithoutEndIsRefused() throws Exception {
        Thread writer = new Thread(() -> {
            try {
                raw("x".repeat(70_000));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        assertThrows(IOException.class, generation::receive);
        writer.join();
    }

    @Test
    void lineBreaksInAnArgumentDoNotMakeASecondMessage() throws Exception {
        supervisor.send(Message.of(Verb.FAILED, "no\nCONFIRMED"));
        supervisor.send(Message.of(Verb.READY));
        assertEquals("no CONFIRMED", generation.receive().argument());
        assertEquals(Verb.READY, generation.receive().verb());
    }

    @Test
    void limitsAreMilliseconds() {
        assertEquals(30_000, TimeLimits.of(name -> null).prepare().toMillis());
        assertEquals(7,
                TimeLimits.of(name -> name.equals("liveupdate.exit.grace") ? "7" : null).exitGrace().toMillis());
        IllegalArgumentException zero = assertThrows(IllegalArgumentException.class, () -> TimeLimits.of(name -> "0"));
        assertEquals("the system property liveupdate.prepare.timeout is \"0\", but it must be a number of milliseconds"
                + " above 0; without it the limit is 30000", zero.getMessage());
    }
}
