package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import org.liveupdate.kexec.supervisor.link.Connection;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.Verb;

/** One child JVM. For the supervisor's own thread only. */
final class Generation {
    private final int number;
    private final Process process;
    private final Path place;
    private Connection connection;
    private Integer exitStatus;

    /**
     * A child that runs.
     *
     * @param number
     *            1 for the first
     * @param place
     *            its bundle cache and temporary files
     */
    Generation(int number, Process process, Path place) {
        this.number = number;
        this.process = process;
        this.place = place;
    }

    int number() {
        return number;
    }

    Process process() {
        return process;
    }

    boolean isConnected() {
        return connection != null;
    }

    boolean isConnectedBy(Connection other) {
        return connection == other;
    }

    /** The generation opened its connection, or, with null, all that it said was heard. */
    void connect(Connection other) {
        connection = other;
    }

    /** Its process has ended. */
    void exited(int status) {
        exitStatus = status;
    }

    /** Whether its process has ended and the last word that it said was heard. */
    boolean isOver() {
        return exitStatus != null && connection == null;
    }

    /** Exit status of one that is over; 128 plus the signal's number if one ended it. */
    int exitStatus() {
        return exitStatus;
    }

    /** Says something; a generation that is not connected, or has gone just now, does not hear it. */
    void tell(Verb verb, Object... arguments) {
        if (connection == null) {
            return;
        }
        try {
            connection.send(Message.of(verb, arguments));
        } catch (IOException e) {
            // whoever reads from it notices too, after all that it still has to say; that is an event of its own
        }
    }

    /** Asks for an orderly stop: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Ends it for good: SIGKILL, which a stopped process does not escape either. */
    void kill() {
        process.destroyForcibly();
    }

    /** Removes what an ended generation left behind. */
    void cleanUp() {
        try {
            RunDirectory.remove(place);
        } catch (IOException e) {
            System.err.println("liveupdate: what generation " + number + " left in " + place
                    + " could not be removed: " + e);
        }
    }

    @Override
    public String toString() {
        return "generation " + number + " (pid " + process.pid() + ")";
    }
}
