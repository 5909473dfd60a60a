package org.liveupdate.kexec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.RecordedPhase;
import org.liveupdate.api.runtime.dto.KexecPlanDTO;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.TimeLimits;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * The first half of a live update, as the generation in charge makes it: prepare and plan. Nothing is stopped or frozen,
 * so whatever goes wrong, the successor is ended and nothing has happened. Used once, by one thread.
 */
final class Update {
    private final ControlChannel link;
    private final Handover handover;
    private final TimeLimits limits;
    /** What the successor has announced since it was last ready. */
    private final List<String> announced = new ArrayList<>();
    /** All that it had announced when it was ready. */
    private List<String> readable = List.of();
    private SuccessorProcess successor;
    /** Whether the supervisor has been asked for a successor, and did not refuse. */
    private boolean asked;

    Update(ControlChannel link, Handover handover, TimeLimits limits) {
        this.link = link;
        this.handover = handover;
        this.limits = limits;
    }

    /** The successor, once {@link #prepare} has returned. */
    SuccessorProcess successor() {
        return successor;
    }

    /**
     * Starts a successor and waits until it can read all that is preserved here, or says no more.
     *
     * @return what would not survive, one sentence each
     * @throws LiveUpdateException
     *             {@code ENODEV} it could not be started, died, or was not ready in time · {@code EAGAIN} this generation
     *             is to stop; the successor has ended
     */
    List<String> prepare() throws LiveUpdateException {
        RecordedPhase phase = handover.begin("prepare");
        Errno failure = Errno.EIO;
        try {
            link.inbox().clear();
            link.send(Verb.PREPARE, handover.directory());
            asked = true;
            List<String> lost = awaitReady();
            failure = null;
            return lost;
        } catch (IOException e) {
            failure = Errno.ENODEV;
            throw failed("the supervisor is gone, so no successor can be started");
        } catch (LiveUpdateException e) {
            failure = e.errno();
            throw e;
        } finally {
            phase.end(successor, failure);
            if (failure != null) {
                abandon();
            }
        }
    }

    /**
     * Starts a successor only to learn what an update would meet, and ends it.
     *
     * @return the plan
     * @throws LiveUpdateException
     *             as {@link #prepare}
     */
    KexecPlanDTO plan() throws LiveUpdateException {
        KexecPlanDTO plan = new KexecPlanDTO();
        long began = System.nanoTime();
        try {
            plan.losses = prepare().toArray(String[]::new);
            plan.prepare = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
            plan.readable = readable.toArray(String[]::new);
            plan.blockers = handover.blockers().toArray(String[]::new);
            plan.successor = successor.pid();
            return plan;
        } finally {
            abandon();
        }
    }

    private List<String> awaitReady() throws LiveUpdateException {
        long deadline = System.nanoTime() + limits.prepare().toNanos();
        List<String> lost = null;
        RecordedPhase booting = handover.begin("boot");
        while (true) {
            Inbox.Item item = link.inbox().next(deadline);
            switch (item.kind()) {
                case NOTHING -> {
                    if (lost != null) {
                        return lost;
                    }
                    throw abandoned(Errno.ENODEV, "was not ready within " + text(limits.prepare()));
                }
                case CLOSED -> throw abandoned(Errno.ENODEV, "has lost the supervisor");
                case STOP -> throw abandoned(Errno.EAGAIN, "is not needed: the framework is to stop");
                default -> {
                    // a message, or nothing of interest
                }
            }
            if (item.kind() == Inbox.Kind.MESSAGE && isReady(item.message())) {
                boolean first = lost == null;
                if (first) {
                    booting.end(successor, null);
                }
                readable = List.copyOf(announced);
                lost = preflight();
                announced.clear();
                if (lost.isEmpty()) {
                    return lost;
                }
                if (first) {
                    // a provider that opens a device first may come a moment later
                    deadline = Math.min(deadline, System.nanoTime() + limits.settle().toNanos());
                }
            }
        }
    }

    private List<String> preflight() {
        RecordedPhase phase = handover.begin("preflight");
        List<String> lost = handover.check(readable);
        phase.end(successor, lost.isEmpty() ? null : Errno.ENODEV);
        return lost;
    }

    private boolean isReady(Message message) throws LiveUpdateException {
        switch (message.verb()) {
            case STARTED -> successor = new SuccessorProcess(link, handover.directory(), message);
            case FAILED -> {
                asked = false;
                throw failed(message.argument());
            }
            case CAN -> announced.add(message.argument());
            case READY -> {
                return true;
            }
            case DEAD -> {
                if (successor != null && successor.isDeadBy(message)) {
                    throw failed(successor + " " + SuccessorProcess.ending(message) + " before it was ready");
                }
            }
            default -> {
                // the end of an earlier update
            }
        }
        return false;
    }

    /** Ends the successor: nothing has happened. */
    void abandon() {
        if (successor == null && asked) {
            awaitAnswer();
        }
        if (successor != null) {
            successor.end();
        }
    }

    /** The supervisor was asked for a successor and has not answered yet; it always does, and then there is one to end. */
    private void awaitAnswer() {
        while (true) {
            Inbox.Item item = link.inbox().next(Inbox.never());
            if (item.kind() == Inbox.Kind.CLOSED) {
                return;
            }
            if (item.kind() == Inbox.Kind.MESSAGE) {
                switch (item.message().verb()) {
                    case STARTED -> {
                        successor = new SuccessorProcess(link, handover.directory(), item.message());
                        return;
                    }
                    case FAILED -> {
                        return;
                    }
                    default -> {
                        // of an earlier update
                    }
                }
            }
        }
    }

    private LiveUpdateException abandoned(Errno errno, String why) {
        if (successor == null && asked) {
            awaitAnswer(); // so that the sentence says which one, and it can be ended
        }
        String who = successor == null ? "the successor" : successor.toString();
        return new LiveUpdateException(errno, who + " " + why + "; it was ended, and nothing has changed");
    }

    private static LiveUpdateException failed(String why) {
        return new LiveUpdateException(Errno.ENODEV, why + "; nothing has changed");
    }

    static String text(Duration limit) {
        return limit.toMillis() + " ms";
    }
}
