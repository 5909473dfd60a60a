package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.liveupdate.kexec.supervisor.link.Connection;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.liveupdate.kexec.supervisor.link.Message;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * Which generation is in charge, and which is to follow it. For the supervisor's own thread only.
 *
 * <pre>{@code
 *               in charge  successor
 *   begin        1          -
 *   PREPARE      n          n+1 booting, then ready
 *   COMMITTED    n          n+1 deciding            from here on only the rename says who goes on
 *   CONFIRMED    n+1        -                       n is fenced: it ends by itself, or is killed when its grace is over
 *   REFUSED      n          n+1 to be killed
 * }</pre>
 *
 * A successor without a predecessor that could hand over to it is killed; one that is deciding is not, even if its
 * predecessor ends: the image is whole, and it may be the only one that can go on with it.
 */
final class Succession {
    /** 128 plus SIGKILL. */
    private static final int SIGKILLED = 137;

    private final GenerationLauncher launcher;
    private final Duration exitGrace;
    private final BiConsumer<Generation, Integer> exitListener;
    /** Replaced generations that have not ended. */
    private final List<Generation> fenced = new ArrayList<>();
    private Generation inCharge;
    private Generation successor;
    private boolean inChargeEnded;
    private boolean deciding;
    private boolean stopping;
    private int generations;
    private long graceEndsAt;
    private int status;

    /**
     * Nothing runs yet.
     *
     * @param exitListener
     *            called, in any thread, when a generation's process has ended, with its exit status
     */
    Succession(GenerationLauncher launcher, Duration exitGrace, BiConsumer<Generation, Integer> exitListener) {
        this.launcher = launcher;
        this.exitGrace = exitGrace;
        this.exitListener = exitListener;
    }

    /** Starts the first generation. */
    void begin(boolean resume) throws IOException {
        inCharge = start(resume);
    }

    private Generation start(boolean resume) throws IOException {
        Generation generation = launcher.start(generations + 1, resume);
        generations++;
        generation.process().onExit()
                .thenAccept(process -> exitListener.accept(generation, process.exitValue()));
        return generation;
    }

    /** Whether a generation still runs. */
    boolean alive() {
        return !inChargeEnded || successor != null || !fenced.isEmpty();
    }

    /** Exit status of the generation that was in charge last. */
    int status() {
        return status;
    }

    /** Time until {@link #graceOver()} has something to do, in nanoseconds. */
    long nanosToGraceEnd() {
        return fenced.isEmpty() ? Long.MAX_VALUE : Math.max(0, graceEndsAt - System.nanoTime());
    }

    /** Kills replaced generations that did not end by themselves; a stopped one would wake up in a world that went on. */
    void graceOver() {
        if (nanosToGraceEnd() == 0) {
            fenced.forEach(Generation::kill);
            graceEndsAt = System.nanoTime() + exitGrace.toNanos();
        }
    }

    void connected(Connection connection, int number) {
        for (Generation generation : running()) {
            if (generation.number() == number) {
                generation.connect(connection);
                generation.tell(Verb.WELCOME, generation == inCharge ? Keys.CHARGE : Keys.WAIT);
                sayIfAlone(generation);
            }
        }
    }

    void left(Connection connection) {
        for (Generation generation : running()) {
            if (generation.isConnectedBy(connection)) {
                generation.connect(null);
                if (generation == inCharge && successor != null && !deciding) {
                    successor.kill();
                }
                endIfOver(generation);
            }
        }
    }

    void said(Connection connection, Message message) {
        if (!inChargeEnded && inCharge.isConnectedBy(connection)) {
            saidInCharge(message);
        } else if (successor != null && successor.isConnectedBy(connection)) {
            saidSuccessor(message);
        }
        // a fenced generation has nothing to say any more
    }

    private void saidInCharge(Message message) {
        switch (message.verb()) {
            case PREPARE -> prepare();
            case COMMITTED -> {
                if (successor != null) {
                    deciding = true;
                    successor.tell(Verb.COMMITTED, message.argument());
                }
            }
            case KILL -> {
                if (successor != null) {
                    successor.kill();
                } else {
                    inCharge.tell(Verb.DEAD, message.argument(), -1);
                }
            }
            default -> unexpected(inCharge, message);
        }
    }

    private void prepare() {
        if (stopping) {
            inCharge.tell(Verb.FAILED, "the supervisor was asked to stop");
        } else if (successor != null) {
            inCharge.tell(Verb.FAILED, successor + " is still there");
        } else {
            try {
                successor = start(false);
                inCharge.tell(Verb.STARTED, successor.number(), successor.process().pid());
            } catch (IOException e) {
                inCharge.tell(Verb.FAILED, "the successor's JVM could not be started: " + e.getMessage());
            }
        }
    }

    private void saidSuccessor(Message message) {
        switch (message.verb()) {
            case CAN, READY, REFUSED -> inCharge.tell(message.verb(), message.argument());
            case CONFIRMED -> confirmed();
            default -> unexpected(successor, message);
        }
        if (message.verb() == Verb.REFUSED && inChargeEnded) {
            successor.kill();
        }
    }

    private void confirmed() {
        Generation predecessor = inCharge;
        inCharge = successor;
        successor = null;
        deciding = false;
        if (inChargeEnded) {
            inChargeEnded = false;
            sayIfAlone(inCharge);
        } else {
            fenced.add(predecessor);
            graceEndsAt = System.nanoTime() + exitGrace.toNanos();
            predecessor.tell(Verb.CONFIRMED);
        }
    }

    private void sayIfAlone(Generation generation) {
        if (generation == inCharge && fenced.isEmpty()) {
            generation.tell(Verb.ALONE);
        }
    }

    private static void unexpected(Generation generation, Message message) {
        System.err.println("liveupdate: " + generation + " said something out of turn: " + message);
    }

    /** A generation's process has ended. What it said before is heard first: it may have confirmed with its last word. */
    void exited(Generation generation, int exitStatus) {
        generation.exited(exitStatus);
        endIfOver(generation);
    }

    private void endIfOver(Generation generation) {
        if (generation.isOver()) {
            ended(generation, generation.exitStatus());
        }
    }

    private void ended(Generation generation, int exitStatus) {
        if (fenced.remove(generation)) {
            generation.cleanUp(); // before its successor is told that it is alone
            sayIfAlone(inCharge);
            return;
        }
        if (generation == successor) {
            successor = null;
            deciding = false;
            if (inChargeEnded) {
                // the last one, and not in charge: its end is a failure whatever it says
                status = exitStatus == 0 ? 1 : exitStatus;
            }
            inCharge.tell(Verb.DEAD, generation.number(), exitStatus);
        } else {
            inChargeEnded = true;
            status = exitStatus;
            sayIfKilled(generation);
            if (successor != null && !deciding) {
                successor.kill();
            }
            fenced.forEach(Generation::kill);
        }
        generation.cleanUp();
    }

    private static void sayIfKilled(Generation generation) {
        if (generation.exitStatus() == SIGKILLED) {
            System.err.println(
                    "liveupdate: " + generation + " was killed; what it preserved is lost with it unless it had"
                            + " committed an image");
        }
    }

    /** Passes a request to stop on to all; the one in charge stops in order, the others just end. */
    void stop() {
        stopping = true;
        running().forEach(Generation::terminate);
    }

    private List<Generation> running() {
        List<Generation> all = new ArrayList<>(fenced);
        if (!inChargeEnded && inCharge != null) {
            all.add(inCharge);
        }
        if (successor != null) {
            all.add(successor);
        }
        return all;
    }
}
