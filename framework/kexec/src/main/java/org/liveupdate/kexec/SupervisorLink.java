package org.liveupdate.kexec;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.liveupdate.kexec.supervisor.link.Connection;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * This generation's end of the control channel to the supervisor, or to the predecessor that started it. Thread safe.
 */
final class SupervisorLink implements ControlChannel, Closeable {
    /** What is not part of an update. Called in the link's thread. */
    interface Listener {
        /** The supervisor says that this generation is in charge. */
        void inCharge();

        /** This generation is in charge, and no other that was has not ended. */
        void alone();

        /** The supervisor is gone; not called when this end was closed. */
        void supervisorGone();
    }

    private final Inbox inbox = new Inbox();
    private final Listener listener;
    private final int generation;
    /** Null before it is opened, and if the supervisor could not be reached. */
    private volatile Connection connection;
    private volatile boolean closed;

    SupervisorLink(int generation, Listener listener) {
        this.generation = generation;
        this.listener = listener;
    }

    /** Connects to the supervisor. If it cannot be reached, it is gone, and the listener hears that. */
    void open(Path socket) {
        try {
            connection = Connection.to(socket);
            send(Verb.HELLO, generation);
        } catch (IOException e) {
            // the receiving thread meets the same
        }
        Thread thread = new Thread(this::receive, "liveupdate control channel");
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        try (Connection open = connection) {
            while (open != null && !closed) {
                Message message = open.receive();
                if (message == null) {
                    break;
                }
                received(message);
            }
        } catch (IOException e) {
            // a broken connection is an ended one
        }
        inbox.close();
        if (!closed) {
            listener.supervisorGone();
        }
    }

    private void received(Message message) {
        switch (message.verb()) {
            case WELCOME -> {
                if (message.argument().equals(Keys.CHARGE)) {
                    listener.inCharge();
                }
            }
            case ALONE -> listener.alone();
            default -> inbox.put(message);
        }
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public void send(Verb verb, Object... arguments) throws IOException {
        Connection to = connection;
        if (to == null) {
            throw new IOException("the supervisor is not connected");
        }
        to.send(Message.of(verb, arguments));
    }

    @Override
    public void close() throws IOException {
        closed = true;
        Connection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
