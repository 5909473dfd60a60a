package org.liveupdate.kexec.supervisor;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.liveupdate.kexec.supervisor.link.Connection;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * The supervisor's end of the control channel: accepts generations and tells the listener what they say. Also that of a
 * generation that starts its successor itself.
 */
public final class ControlServer implements Closeable {
    /** Hears of everything in the order of each connection, from threads of this server. */
    public interface Listener {
        /**
         * A generation is there.
         *
         * @param connection
         *            to it
         * @param number
         *            what it says it has
         */
        void connected(Connection connection, int number);

        /**
         * A generation says something.
         *
         * @param connection
         *            of the one that does
         * @param message
         *            what it says
         */
        void said(Connection connection, Message message);

        /**
         * A connection has ended.
         *
         * @param connection
         *            closed
         */
        void left(Connection connection);
    }

    private final ServerSocketChannel server;
    private final Listener listener;

    private ControlServer(ServerSocketChannel server, Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    /**
     * Binds the socket; nobody is accepted yet.
     *
     * @param socket
     *            a path that does not exist, in a private directory
     * @param listener
     *            hears of everything from {@link #start} on
     * @return not started
     * @throws IOException
     *             if the socket cannot be bound
     */
    public static ControlServer open(Path socket, Listener listener) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        return new ControlServer(channel, listener);
    }

    /** From now on the listener hears. */
    public void start() {
        daemon("control channel", this::accept);
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel peer = server.accept();
                daemon("control channel of a generation", () -> serve(new Connection(peer)));
            } catch (IOException e) {
                if (server.isOpen()) {
                    System.err.println("liveupdate: a generation could not be connected: " + e);
                }
            }
        }
    }

    private void serve(Connection connection) {
        try (connection) {
            Message hello = connection.receive();
            if (hello == null || hello.verb() != Verb.HELLO) {
                return;
            }
            listener.connected(connection, (int) hello.number(0));
            for (Message message = connection.receive(); message != null; message = connection.receive()) {
                listener.said(connection, message);
            }
        } catch (IOException e) {
            // a broken connection is an ended one; the listener decides what that means
        }
        listener.left(connection);
    }

    /** Nobody is accepted any more; connections that are open stay. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
