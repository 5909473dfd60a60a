package org.liveupdate.kexec;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * What a successor does from its start until it is in charge: announces what it can read, waits for the image, claims
 * and confirms it. One thread runs it.
 */
final class Successor implements Runnable {
    /** The core does not say when its capabilities change, so those that come late are looked for. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int NOT_IN_CHARGE = 1;

    private final SupervisorLink link;
    private final Handover handover;
    private final Standing standing;
    private final BooleanSupplier booted;
    private final Exit exit;
    /** What was announced last; null if nothing was. */
    private List<String> announced;

    /**
     * A successor.
     *
     * @param booted
     *            whether all that is to be started is started; when that may have changed, {@link Inbox#changed} wakes
     *            the thread
     */
    Successor(SupervisorLink link, Handover handover, Standing standing, BooleanSupplier booted, Exit exit) {
        this.link = link;
        this.handover = handover;
        this.standing = standing;
        this.booted = booted;
        this.exit = exit;
    }

    /** Returns when this generation is in charge, when it is told to stop, or when the supervisor is gone. */
    @Override
    public void run() {
        while (true) {
            if (booted.getAsBoolean()) {
                announce();
            }
            long deadline = announced == null ? Inbox.never() : System.nanoTime() + LOOK_AGAIN.toNanos();
            Inbox.Item item = link.inbox().next(deadline);
            switch (item.kind()) {
                case MESSAGE -> {
                    if (item.message().verb() == Verb.COMMITTED) {
                        decide(item.message());
                        return;
                    }
                }
                case STOP, CLOSED -> {
                    return;
                }
                default -> {
                    // look again
                }
            }
        }
    }

    private void announce() {
        List<String> capabilities = handover.capabilities();
        if (capabilities.equals(announced)) {
            return;
        }
        announced = List.copyOf(capabilities);
        try {
            for (String capability : announced) {
                link.send(Verb.CAN, capability);
            }
            link.send(Verb.READY);
        } catch (IOException e) {
            // the supervisor is gone: the inbox says so next
        }
    }

    private void decide(Message committed) {
        if (!standing.beginDecision()) {
            return;
        }
        String refusal;
        try {
            handover.claim(committed.number(0));
            refusal = handover.confirm() ? null : Errno.ETIMEDOUT + " the predecessor took the image back";
        } catch (LiveUpdateException e) {
            refusal = e.getMessage();
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            refusal = Errno.EIO + ": " + e;
        }
        standing.decided(refusal == null);
        try {
            if (refusal == null) {
                link.send(Verb.CONFIRMED);
                return;
            }
            link.send(Verb.REFUSED, refusal);
        } catch (IOException e) {
            // the supervisor is gone, and the link says so to whoever is in charge
        }
        if (refusal != null) {
            exit.halt(NOT_IN_CHARGE);
        }
    }
}
