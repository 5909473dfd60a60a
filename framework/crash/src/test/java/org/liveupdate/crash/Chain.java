package org.liveupdate.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One generation after the other on one handover directory, and the killing of them. After each kill whoever is left,
 * or the next start, is compared with the model, and has to manage another live update. Not thread safe.
 */
final class Chain implements AutoCloseable {
    private static final int KEPT_LINES = 200;

    private final WorkerCommand command;
    private final HandoverPlace place;
    private final List<String> transcript = new ArrayList<>();
    /** Workers without a generation. */
    private final Deque<WorkerProcess> idle = new ArrayDeque<>();
    private Party predecessor;
    private Party successor;
    private long number;
    private long version;
    private int workers;
    /** How long the last live update took that nobody disturbed. */
    private long usualNanos;

    Chain(WorkerCommand command, Path otherwise) throws IOException {
        this.command = command;
        this.place = HandoverPlace.create(otherwise);
        predecessor = new Party(worker());
        expect("started RUNNING 0 ", predecessor, "start first");
        preserveNext();
        update();
    }

    /**
     * Kills as the scenario says, and checks everything; says what there was afterwards.
     *
     * @throws AssertionError with all that was said, if anything is not as the model has it
     */
    String kill(long index, Scenario scenario) {
        transcript.subList(0, Math.max(0, transcript.size() - KEPT_LINES)).clear();
        transcript.add(index + ": " + scenario);
        try {
            return kill(scenario);
        } catch (AssertionError | Exception e) {
            throw new AssertionError(e.getMessage() + "\n" + this, e);
        }
    }

    private String kill(Scenario scenario) throws Exception {
        while (scenario.needsOldImages() && number < 2) {
            update();
        }
        successor = new Party(worker());
        expect("started WAITING -1 ", successor, "start successor");
        new Attempt(scenario, predecessor, successor, number + 1, version, place).run(usualNanos);
        ImageState state = ImageState.of(number + 1, place.names());
        String outcome = recover(scenario, state);
        update();
        return outcome + ", image " + state;
    }

    private String recover(Scenario scenario, ImageState state) throws Exception {
        boolean oldAlive = predecessor.worker.isAlive();
        boolean newAlive = successor.worker.isAlive();
        if (newAlive && !oldAlive && state != ImageState.NONE && goesOn(state)) {
            takeOver(successor);
            return "successor goes on";
        }
        if (oldAlive && takesBack(state)) {
            retire(successor);
            expect(Model.outgoing(version), predecessor, "outgoing");
            return "predecessor goes on";
        }
        retire(successor);
        retire(predecessor);
        return startAgain(scenario, state);
    }

    /** The successor alone is left: unless it was too late, the state is its own. */
    private boolean goesOn(ImageState state) throws IOException {
        if (!successor.claimed) {
            expect(state == ImageState.COMMITTED ? "claimed" : null, successor, "claim " + (number + 1));
        }
        if (!successor.confirmed) {
            expect("confirmed " + (state != ImageState.TAKEN_BACK), successor, "confirm");
        }
        return successor.confirmed;
    }

    /** The predecessor is left: unless the successor has confirmed, the state is its own again. */
    private boolean takesBack(ImageState state) throws IOException {
        if (predecessor.committed && !predecessor.takenBack && !predecessor.fenced) {
            expect("taken back " + (state != ImageState.CONFIRMED), predecessor, "takeBack");
        }
        if (predecessor.takenBack && !predecessor.resumed) {
            expect("resumed", predecessor, "resume");
        }
        return !predecessor.fenced;
    }

    private String startAgain(Scenario scenario, ImageState state) throws Exception {
        ImageState found = state;
        if (scenario.victim() == Victim.BOTH_AND_NEXT) {
            found = killNext(scenario, state);
        }
        boolean clean = place.names().stream().noneMatch(name -> name.startsWith("memory-"));
        Party next = new Party(worker());
        predecessor = next;
        String started = ask(next, "start first");
        if (found.isPending()) {
            number++;
            assertEquals("started RUNNING " + number + ' ', started);
            finish(next);
            return "next start loads the image";
        }
        number = 0;
        assertTrue(started.startsWith("started RUNNING 0 "));
        assertEquals(!clean, started.contains("started clean: "));
        expect(Model.empty(), next, "outgoing");
        preserveNext();
        return "next start is clean";
    }

    private ImageState killNext(Scenario scenario, ImageState state) throws Exception {
        Moment moment = new Moment(state.isPending() ? Step.CONFIRM : Step.CLEANUP, scenario.killsNextAfter());
        Party killed = new Party(worker());
        ask(killed, "stop " + moment);
        String answer = ask(killed, "start first");
        assertTrue(answer.equals(Worker.AT + moment) || answer.startsWith("started RUNNING 0"));
        killed.worker.kill();
        return ImageState.of(number + 1, place.names());
    }

    private void takeOver(Party next) throws IOException {
        retire(predecessor);
        predecessor = next;
        number++;
        finish(next);
    }

    /** Retrieves, compares and finishes all, as far as it was not done, and preserves the next version. */
    private void finish(Party party) throws IOException {
        if (!party.retrieved) {
            expect(Model.retrieved(version), party, "retrieve");
        }
        if (!party.ended) {
            expect(Model.finished(), party, "end");
        }
        preserveNext();
    }

    private void preserveNext() throws IOException {
        version++;
        expect("preserved", predecessor, "preserve " + version);
        expect(Model.outgoing(version), predecessor, "outgoing");
    }

    /** A live update that nobody disturbs. */
    private void update() throws IOException {
        Party old = predecessor;
        Party next = new Party(worker());
        expect("started WAITING -1 ", next, "start successor");
        long began = System.nanoTime();
        expect("prepared", old, "prepare");
        expect("committed " + (number + 1), old, "commit");
        expect("claimed", next, "claim " + (number + 1));
        expect("confirmed true", next, "confirm");
        expect("fenced", old, "fence");
        takeOver(next);
        usualNanos = System.nanoTime() - began;
        predecessor = new Party(next.worker);
    }

    private WorkerProcess worker() throws IOException {
        return idle.isEmpty() ? new WorkerProcess(command, place.path(), "worker " + ++workers, transcript)
                : idle.pop();
    }

    /** Its generation ends; its JVM may play another one. */
    private void retire(Party party) throws IOException {
        if (party.worker.isAlive()) {
            expect("closed", party, "close");
            idle.push(party.worker);
        }
    }

    private String ask(Party party, String line) throws IOException {
        String answer = party.worker.ask(line);
        if (answer == null) {
            throw new AssertionError("a worker ended that was not killed");
        }
        party.answered(answer);
        return answer;
    }

    private void expect(String answer, Party party, String line) throws IOException {
        assertEquals(answer, ask(party, line));
    }

    @Override
    public String toString() {
        return "image " + number + ", version " + version + "\n" + String.join("\n", transcript);
    }

    @Override
    public void close() throws IOException {
        idle.forEach(WorkerProcess::close);
        for (Party party : new Party[]{predecessor, successor}) {
            if (party != null) {
                party.worker.kill();
            }
        }
        place.close();
    }
}
