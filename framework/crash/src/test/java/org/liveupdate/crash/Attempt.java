package org.liveupdate.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.liveupdate.crash.Step.Side;

/** A live update in the middle of which somebody is killed. */
final class Attempt {
    private record Turn(Side side, String command, String answer) {}

    private final Scenario scenario;
    private final Party predecessor;
    private final Party successor;
    private final long number;
    private final long version;
    private final HandoverPlace place;

    Attempt(Scenario scenario, Party predecessor, Party successor, long number, long version, HandoverPlace place) {
        this.scenario = scenario;
        this.predecessor = predecessor;
        this.successor = successor;
        this.number = number;
        this.version = version;
        this.place = place;
    }

    /**
     * Makes the update up to the kill. When this returns the victims are dead, and whoever is left is not in the middle of anything.
     *
     * @param usualNanos
     *            how long an update takes
     */
    void run(long usualNanos) throws IOException, InterruptedException {
        if (scenario.moment() == null) {
            runFor((long) (scenario.part() * usualNanos));
            return;
        }
        Party stopped = party(scenario.moment().step().side());
        stopped.worker.ask("stop " + scenario.moment());
        for (Turn turn : turns()) {
            String answer = party(turn.side).worker.ask(turn.command);
            if (answer.equals(Worker.AT + scenario.moment())) {
                killVictims();
                assertEquals(ImageState.at(scenario.moment()), ImageState.of(number, place.names()));
                if (stopped.worker.isAlive()) {
                    check(turn, stopped.worker.ask("go"));
                }
                return;
            }
            check(turn, answer);
        }
        throw new AssertionError("nobody got to " + scenario.moment());
    }

    private void runFor(long delayNanos) throws IOException, InterruptedException {
        long end = System.nanoTime() + delayNanos;
        Thread killer = new Thread(() -> {
            for (long left = delayNanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            for (Side side : Side.values()) {
                if (scenario.victim().is(side)) {
                    party(side).worker.handle().destroyForcibly();
                }
            }
        }, "killer");
        killer.start();
        for (Turn turn : turns()) {
            String answer = party(turn.side).worker.ask(turn.command);
            if (answer == null) {
                break;
            }
            check(turn, answer);
        }
        killer.join();
        killVictims();
    }

    private void check(Turn turn, String answer) {
        assertEquals(turn.answer, answer);
        party(turn.side).answered(answer);
    }

    private void killVictims() {
        for (Side side : Side.values()) {
            if (scenario.victim().is(side)) {
                party(side).worker.kill();
            }
        }
    }

    private Party party(Side side) {
        return side == Side.PREDECESSOR ? predecessor : successor;
    }

    private List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        turns.add(new Turn(Side.PREDECESSOR, "prepare", "prepared"));
        turns.add(new Turn(Side.PREDECESSOR, "commit", "committed " + number));
        turns.add(new Turn(Side.SUCCESSOR, "claim " + number, "claimed"));
        if (scenario.takesBack()) {
            turns.add(new Turn(Side.PREDECESSOR, "takeBack", "taken back true"));
            turns.add(new Turn(Side.PREDECESSOR, "resume", "resumed"));
        } else {
            turns.add(new Turn(Side.SUCCESSOR, "confirm", "confirmed true"));
            turns.add(new Turn(Side.PREDECESSOR, "fence", "fenced"));
            turns.add(new Turn(Side.SUCCESSOR, "retrieve", Model.retrieved(version)));
            turns.add(new Turn(Side.SUCCESSOR, "end", Model.finished()));
        }
        return turns;
    }
}
