package org.liveupdate.kexec;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.liveupdate.kexec.supervisor.ControlServer;
import org.liveupdate.kexec.supervisor.RunDirectory;
import org.liveupdate.kexec.supervisor.link.Connection;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * A successor that was started by the configured command, and the socket at which it reports. What it says, and its end,
 * is put into an inbox, as a supervisor would. Thread safe.
 */
final class CommandedSuccessor implements ControlServer.Listener {
    private final int generation;
    private final Inbox inbox;
    private final RunDirectory place;
    private final ControlServer server;
    private final Process process;
    /** Null before the successor has connected; guarded by this. */
    private Connection connection;
    /** Somebody ends it, and tells when it has ended; guarded by this. */
    private boolean killed;
    private volatile boolean ended;

    private CommandedSuccessor(SuccessorCommand command, int generation, String directory, Inbox inbox,
            RunDirectory place) throws IOException {
        this.generation = generation;
        this.inbox = inbox;
        this.place = place;
        server = ControlServer.open(place.socket(), this);
        try {
            process = command.start(generation, directory, place.socket());
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Starts one; {@code STARTED} is the first that the inbox gets.
     *
     * @throws IOException
     *             it cannot be started
     */
    static CommandedSuccessor start(SuccessorCommand command, int generation, String directory, Inbox inbox)
            throws IOException {
        RunDirectory place = RunDirectory.create();
        try {
            CommandedSuccessor successor = new CommandedSuccessor(command, generation, directory, inbox, place);
            successor.open();
            return successor;
        } catch (IOException e) {
            place.close();
            throw e;
        }
    }

    private void open() {
        inbox.put(Message.of(Verb.STARTED, generation, process.pid()));
        server.start();
        process.onExit().thenRun(this::exited);
    }

    private void exited() {
        synchronized (this) {
            if (killed) {
                return;
            }
        }
        ended();
    }

    private void ended() {
        ended = true;
        shutDoor();
        inbox.put(Message.of(Verb.DEAD, generation, process.exitValue()));
    }

    /** The one who was to come is here, or never will: a connection that is open stays. */
    private void shutDoor() {
        try (place) {
            server.close();
        } catch (IOException e) {
            System.err.println("liveupdate: the socket for " + this + " could not be removed: " + e);
        }
    }

    @Override
    public void connected(Connection opened, int number) {
        if (number != generation) {
            return;
        }
        shutDoor();
        synchronized (this) {
            connection = opened;
        }
        try {
            tell(Verb.WELCOME, Keys.WAIT);
        } catch (IOException e) {
            // it has ended meanwhile, and its end is told
        }
    }

    @Override
    public void said(Connection from, Message message) {
        switch (message.verb()) {
            case CAN, READY, REFUSED, CONFIRMED -> inbox.put(message);
            default -> System.err.println("liveupdate: " + this + " said something out of turn: " + message);
        }
    }

    @Override
    public void left(Connection closed) {
        // the end of the process is what counts
    }

    /**
     * Says something to it.
     *
     * @throws IOException
     *             it is not connected, or no more
     */
    void tell(Verb verb, Object... arguments) throws IOException {
        Connection to;
        synchronized (this) {
            to = connection;
        }
        if (to == null) {
            throw new IOException(this + " is not connected");
        }
        to.send(Message.of(verb, arguments));
    }

    /** Whether it, or what it started, may still run. */
    boolean isAlive() {
        return !ended;
    }

    /** Ends the command with all that it has started, for good; {@code DEAD} follows when all of them have ended. */
    void kill() {
        synchronized (this) {
            if (killed || ended) {
                return;
            }
            killed = true;
            if (connection == null) {
                System.err.println("liveupdate: " + this + " has not connected: does the command give $"
                        + SuccessorCommand.OPTIONS + " to java?");
            }
        }
        endTree();
    }

    /** From the leaves: a process that outlives its parent may find nobody who collects it, and looks alive for ever. */
    private void endTree() {
        List<ProcessHandle> leaves = process.descendants().filter(each -> each.children().findAny().isEmpty()).toList();
        if (leaves.isEmpty()) {
            process.destroyForcibly().onExit().thenRun(this::ended);
        } else {
            leaves.forEach(ProcessHandle::destroyForcibly);
            CompletableFuture.allOf(leaves.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .thenRun(this::endTree);
        }
    }

    @Override
    public String toString() {
        return "successor " + generation + " (pid " + process.pid() + ")";
    }
}
