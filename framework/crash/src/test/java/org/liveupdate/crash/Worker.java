package org.liveupdate.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.core.osgi.StandaloneFactory;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.image.HandoverDirectory;

/**
 * A JVM that plays one generation after the other, without a framework: does what it is told line by line, and answers
 * each with one line. Told to {@code stop} at a moment, it says so when it gets there and waits to be killed, or for the
 * line {@code go}. Argument: the handover directory.
 */
public final class Worker implements MomentListener {
    static final String AT = "at ";
    static final String REFUSED = "refused: ";

    private final BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final Path directory;
    /** Where to stop, or null. */
    private Moment stop;
    private LiveUpdateFactory.Instance core;
    private Workload workload;

    private Worker(Path directory) {
        this.directory = directory;
    }

    /** Works to the end of its input. */
    public static void main(String[] arguments) throws Exception {
        Worker worker = new Worker(Path.of(arguments[0]));
        for (String line = worker.commands.readLine(); line != null; line = worker.commands.readLine()) {
            System.out.println(worker.answer(line));
        }
    }

    @Override
    public void reached(Moment moment) {
        if (!moment.equals(stop)) {
            return;
        }
        stop = null;
        System.out.println(AT + moment);
        try {
            commands.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String line) {
        int space = line.indexOf(' ');
        String argument = line.substring(space + 1);
        try {
            return switch (space < 0 ? line : line.substring(0, space)) {
                case "stop" -> stopAt(Moment.parse(argument));
                case "start" -> start(argument);
                case "preserve" -> workload.preserve(Long.parseLong(argument));
                case "prepare" -> prepare();
                case "commit" -> "committed " + core.handover().commit(System.nanoTime());
                case "claim" -> claim(Long.parseLong(argument));
                case "confirm" -> "confirmed " + core.handover().confirm();
                case "takeBack" -> "taken back " + core.handover().takeBack();
                case "resume" -> resume();
                case "fence" -> fence();
                case "outgoing" -> workload.outgoing();
                case "retrieve" -> workload.retrieve();
                case "end" -> workload.end();
                case "close" -> close();
                default -> throw new IllegalArgumentException(line);
            };
        } catch (LiveUpdateException | IOException | KhoException | InternalError e) {
            // the last is what a read of a mapping answers whose file was truncated
            return REFUSED + e.getMessage();
        }
    }

    private String stopAt(Moment moment) {
        stop = moment;
        return "will stop " + moment;
    }

    private String start(String role) throws IOException, LiveUpdateException {
        Reports.take(); // what an earlier generation of this process said
        HandoverDirectory place = HandoverDirectory.open(directory, new SteppingFileOperations(this));
        core = new StandaloneFactory().create(place, Map.of("liveupdate.role", role, "liveupdate.memory.limit",
                "67108864"));
        workload = new Workload(core, this);
        return "started " + core.handover().phase() + ' ' + core.handover().number() + ' ' + Reports.take();
    }

    private String prepare() {
        reached(Moment.before(Step.PREPARE));
        core.handover().check(core.handover().capabilities());
        reached(Moment.after(Step.PREPARE));
        return "prepared";
    }

    private String claim(long number) throws LiveUpdateException {
        reached(Moment.before(Step.HANDOVER));
        core.handover().claim(number);
        reached(Moment.after(Step.HANDOVER));
        return "claimed";
    }

    private String resume() throws LiveUpdateException {
        core.handover().resume();
        return "resumed";
    }

    private String fence() {
        core.handover().fence();
        return "fenced";
    }

    private String close() throws IOException {
        core.close();
        return "closed";
    }
}
