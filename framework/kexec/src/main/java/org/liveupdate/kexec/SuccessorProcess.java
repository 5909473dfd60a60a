package org.liveupdate.kexec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.Verb;
import org.liveupdate.kho.image.HandoverDirectory;

/** The successor's process, as the generation in charge sees it: the supervisor's child. For one update, in its thread. */
final class SuccessorProcess {
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final int SIGNALLED = 128;

    private final ControlChannel link;
    private final Path directory;
    private final long generation;
    private final long pid;
    private final Optional<ProcessHandle> handle;
    private boolean dead;

    /**
     * A successor that was started.
     *
     * @param directory
     *            the handover directory
     * @param started
     *            {@code STARTED n pid}
     */
    SuccessorProcess(ControlChannel link, Path directory, Message started) {
        this.link = link;
        this.directory = directory;
        generation = started.number(0);
        pid = started.number(1);
        // taken now: later the number could belong to somebody else
        handle = ProcessHandle.of(pid);
    }

    /** Its process number. */
    long pid() {
        return pid;
    }

    /** Whether the message says that this one has ended. */
    boolean isDeadBy(Message message) {
        boolean says = message.verb() == Verb.DEAD && message.number(0) == generation;
        dead |= says;
        return says;
    }

    /** How it ended, in words that follow its name. */
    static String ending(Message deadMessage) {
        long status = deadMessage.number(1);
        return status > SIGNALLED ? "was killed by signal " + (status - SIGNALLED)
                : "ended with status " + status + " (its output says why)";
    }

    /** Whether it is known to have ended. */
    boolean isDead() {
        return dead;
    }

    /**
     * Has it ended by the supervisor, or, if that is gone, ends it, and waits until it has ended. Without time limit: it
     * has SIGKILL, and going on next to a successor that still runs would be worse than a pause.
     */
    void end() {
        if (dead) {
            return;
        }
        try {
            link.send(Verb.KILL, generation);
        } catch (IOException e) {
            // the supervisor is gone: the inbox says so next
        }
        while (!dead) {
            Inbox.Item item = link.inbox().next(Inbox.never());
            if (item.kind() == Inbox.Kind.MESSAGE) {
                isDeadBy(item.message());
            } else if (item.kind() == Inbox.Kind.CLOSED) {
                endAlone();
            }
        }
    }

    /**
     * Without the supervisor nobody may collect the dead process, and until somebody does it looks alive; its lock does
     * not.
     */
    private void endAlone() {
        boolean interrupted = false;
        handle.ifPresent(ProcessHandle::destroyForcibly);
        while (handle.isPresent() && handle.get().isAlive() && holdsLock()) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        dead = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean holdsLock() {
        try {
            return HandoverDirectory.open(directory).isGenerationAlive(generation);
        } catch (IOException e) {
            // a directory that cannot be read says nothing, then the process counts
            return true;
        }
    }

    @Override
    public String toString() {
        return "the successor (generation " + generation + ", pid " + pid + ")";
    }
}
