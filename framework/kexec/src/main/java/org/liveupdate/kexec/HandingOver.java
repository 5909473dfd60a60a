package org.liveupdate.kexec;

import java.io.IOException;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.RecordedPhase;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.TimeLimits;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * The second half of a live update, as the generation in charge makes it: freeze, commit, and the decision. Used once, by
 * one thread.
 *
 * <p>
 * Ends in one of two ways: the JVM ends because the successor has confirmed, or the state was taken back, the successor
 * has ended, and everything is as before. What the successor says is only what there is to wait for; who goes on is what
 * {@link Handover#takeBack()} says.
 */
final class HandingOver {
    private static final int LOST = 1;

    /** Why the successor is not known to have confirmed: in words that follow its name. */
    private record Doubt(Errno errno, String why) {}

    private final ControlChannel link;
    private final Handover handover;
    private final TimeLimits limits;
    private final SuccessorProcess successor;
    private final Exit exit;
    /** From {@link #run} on: it lasts until somebody goes on, here or there. */
    private RecordedPhase blackout;

    HandingOver(ControlChannel link, Handover handover, TimeLimits limits, SuccessorProcess successor, Exit exit) {
        this.link = link;
        this.handover = handover;
        this.limits = limits;
        this.successor = successor;
        this.exit = exit;
    }

    /**
     * Commits and hands over. Does not return.
     *
     * @param began
     *            {@link System#nanoTime()} at which the update began
     * @throws LiveUpdateException
     *             what {@link Handover#commit} says, then nothing has happened · {@code ETIMEDOUT}, {@code ENODEV},
     *             {@code EAGAIN} the successor did not confirm, and the state was taken back · {@code EIO} it cannot be
     *             decided
     */
    void run(long began) throws LiveUpdateException {
        blackout = handover.begin("blackout");
        try {
            Doubt doubt = offer(commit(began));
            if (doubt == null) {
                leave(0);
            } else {
                takeBack(doubt);
            }
        } catch (LiveUpdateException e) {
            blackout.end(successor, e.errno());
            throw e;
        }
    }

    private long commit(long began) throws LiveUpdateException {
        boolean committed = false;
        try {
            long number = handover.commit(began);
            committed = true;
            return number;
        } finally {
            if (!committed) {
                successor.end();
            }
        }
    }

    /** Tells the successor, and waits for its answer; null if it has confirmed. */
    private Doubt offer(long number) {
        try {
            link.send(Verb.COMMITTED, number);
        } catch (IOException e) {
            return new Doubt(Errno.ENODEV, "could not be told of the image, because the supervisor is gone");
        }
        long deadline = System.nanoTime() + limits.confirm().toNanos();
        while (true) {
            Inbox.Item item = link.inbox().next(deadline);
            switch (item.kind()) {
                case NOTHING -> {
                    return new Doubt(Errno.ETIMEDOUT, "did not confirm within " + Update.text(limits.confirm()));
                }
                case CLOSED -> {
                    return new Doubt(Errno.ENODEV, "has lost the supervisor");
                }
                case STOP -> {
                    return new Doubt(Errno.EAGAIN, "did not confirm before this framework was asked to stop");
                }
                case MESSAGE -> {
                    Message message = item.message();
                    if (message.verb() == Verb.CONFIRMED) {
                        return null;
                    }
                    if (message.verb() == Verb.REFUSED) {
                        return new Doubt(Errno.ENODEV, "refused the image: " + message.argument());
                    }
                    if (successor.isDeadBy(message)) {
                        return new Doubt(Errno.ENODEV, SuccessorProcess.ending(message) + " before it confirmed");
                    }
                }
                default -> {
                    // nothing of interest
                }
            }
        }
    }

    private void takeBack(Doubt doubt) throws LiveUpdateException {
        boolean ours;
        try {
            ours = handover.takeBack();
        } catch (LiveUpdateException e) {
            // nobody can say who goes on, so nobody may: everything stays frozen
            throw new LiveUpdateException(e.errno(), successor + " " + doubt.why()
                    + ", and whether the state can be taken back is not known, because " + handover.directory()
                    + " cannot be written (" + e.getMessage() + "); the state stays frozen: end this JVM, see to the"
                    + " directory, and start again with --resume");
        }
        if (ours) {
            successor.end();
            handover.resume();
            throw new LiveUpdateException(doubt.errno(),
                    successor + " " + doubt.why() + "; the state was taken back, and everything is as before");
        }
        if (successor.isDead()) {
            System.err.println(
                    "liveupdate: " + successor + " has ended after it took the state over, and before it said so;"
                            + " the state is lost with it");
            leave(LOST);
        } else {
            leave(0);
        }
    }

    /** The successor is in charge: no callback, no write and no shutdown code any more. */
    private void leave(int status) {
        try {
            handover.fence();
            System.out.flush();
            blackout.end(successor, null);
        } finally {
            exit.halt(status);
        }
    }
}
