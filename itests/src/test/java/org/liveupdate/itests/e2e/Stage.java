package org.liveupdate.itests.e2e;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/**
 * One generation without a framework, in a JVM of its own: does what it is told line by line, and answers each with one
 * line. Arguments: role, handover directory, seed.
 */
public final class Stage {
    private static final String[] SESSIONS = {"first", "second"};
    private static final int FILES = 7;

    private final LiveUpdateFactory.Instance core;
    private final LiveUpdate liveUpdate;
    private final StagedHandler handler = new StagedHandler();
    private final List<Session> retrieved = new ArrayList<>();
    private final long seed;

    private Stage(LiveUpdateFactory.Instance core, long seed) throws LiveUpdateException {
        this.core = core;
        this.seed = seed;
        liveUpdate = core.agent("org.liveupdate.staged").liveUpdate();
        liveUpdate.registerHandler(StagedHandler.COMPATIBLE, handler);
        liveUpdate.registerFlb(handler, StagedFlb.COMPATIBLE, new StagedFlb(seed));
    }

    /**
     * Runs a generation to the end of its input.
     *
     * @param arguments
     *            role, handover directory, seed
     * @throws Exception
     *             what the core says
     */
    public static void main(String[] arguments) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (LiveUpdateFactory.Instance core = LiveUpdateFactory.find().create(Path.of(arguments[1]),
                Map.of("liveupdate.role", arguments[0]))) {
            Stage stage = new Stage(core, Long.parseLong(arguments[2]));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(stage.answer(line.split(" ")));
            }
        }
    }

    private String answer(String... words) throws LiveUpdateException {
        return switch (words[0]) {
            case "preserve" -> preserve();
            case "state" -> state();
            case "commit" -> "committed " + core.handover().commit(System.nanoTime());
            case "takeBack" -> "taken back " + core.handover().takeBack();
            case "resume" -> resume();
            case "fence" -> fence();
            case "claim" -> claim(Long.parseLong(words[1]));
            case "confirm" -> "confirmed " + core.handover().confirm();
            case "compare" -> compare();
            case "finish" -> finish();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String preserve() throws LiveUpdateException {
        for (String name : SESSIONS) {
            Session session = liveUpdate.createSession(name);
            for (long token = 0; token < FILES; token++) {
                session.preserve(token, StagedFile.of(seed + name.hashCode(), token));
            }
        }
        return "preserved " + SESSIONS.length * FILES;
    }

    /** All that must not change when an image is taken back. */
    private String state() {
        RuntimeDTO state = core.runtime().getRuntimeDTO();
        return state.phase + " frozen " + handler.frozen() + " references "
                + core.agent("org.liveupdate.staged").references() + " used " + state.memory.usedPages + " preserved "
                + state.memory.preservedPages + ' ' + Arrays.toString(state.flbs) + ' '
                + Arrays.stream(state.sessions).map(session -> session.name + Arrays.toString(session.files))
                        .collect(Collectors.joining(" "));
    }

    private String resume() throws LiveUpdateException {
        core.handover().resume();
        return "resumed";
    }

    private String fence() {
        core.handover().fence();
        return "fenced";
    }

    private String claim(long number) throws LiveUpdateException {
        core.handover().claim(number);
        return "claimed";
    }

    private String compare() throws LiveUpdateException {
        int equal = 0;
        for (String name : SESSIONS) {
            Session session = liveUpdate.retrieveSession(name);
            retrieved.add(session);
            for (long token : session.tokens()) {
                StagedFile expected = StagedFile.of(seed + name.hashCode(), token);
                int mismatch = expected.mismatch(session.retrieve(token, StagedFile.class));
                if (mismatch >= 0) {
                    return "file " + token + " of session " + name + " differs at byte " + mismatch;
                }
                equal++;
            }
        }
        try (var shared = liveUpdate.getIncoming(new FlbKey<>(StagedFlb.COMPATIBLE, Long.class))) {
            return equal + " equal, shared number " + (shared.get() == seed ? "too" : "not");
        }
    }

    private String finish() throws LiveUpdateException {
        for (Session session : retrieved) {
            session.finish();
            session.close();
        }
        RuntimeDTO state = core.runtime().getRuntimeDTO();
        IncomingFlbDTO flb = state.incoming[0];
        return "finished, pages " + state.memory.usedPages + ", flb retrieved " + flb.retrieved + " finished "
                + flb.finished;
    }
}
