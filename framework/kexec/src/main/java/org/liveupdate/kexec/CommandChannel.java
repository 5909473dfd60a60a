package org.liveupdate.kexec;

import java.io.IOException;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * Stands in for the supervisor in a container of somebody else's: starts the configured command, and passes on what is
 * said. A successor of an earlier update that has ended is forgotten. Thread safe.
 */
final class CommandChannel implements ControlChannel {
    private final Inbox inbox = new Inbox();
    private final SuccessorCommand command;
    private final int generation;
    /** The last successor, or null; guarded by this. */
    private CommandedSuccessor successor;
    /** How many were started; guarded by this. */
    private int started;

    /**
     * Starts nothing yet.
     *
     * @param generation
     *            number of this generation; its first successor has the next one
     */
    CommandChannel(SuccessorCommand command, int generation) {
        this.command = command;
        this.generation = generation;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public synchronized void send(Verb verb, Object... arguments) throws IOException {
        switch (verb) {
            case PREPARE -> prepare(arguments[0].toString());
            case COMMITTED -> successor.tell(Verb.COMMITTED, arguments);
            case KILL -> successor.kill();
            default -> throw new IllegalArgumentException("no generation says " + verb);
        }
    }

    private void prepare(String directory) {
        if (successor != null && successor.isAlive()) {
            inbox.put(Message.of(Verb.FAILED, "the successor of an earlier update, " + successor + ", is still there"));
            return;
        }
        try {
            started++;
            successor = CommandedSuccessor.start(command, generation + started, directory, inbox);
        } catch (IOException e) {
            inbox.put(Message.of(Verb.FAILED, "the successor could not be started: " + e.getMessage()));
        }
    }
}
