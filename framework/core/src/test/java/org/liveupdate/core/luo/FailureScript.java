package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * A life of two generations in which everything happens once: files of three kinds over four FLBs in three sessions,
 * handles and locks, a veto, a live update that is taken back, one that is not, files that are retrieved and some that are
 * not. It goes on whatever fails, tidies up as an operator would, and then nothing may be held.
 */
final class FailureScript {
    /** What is done in the script's words. */
    private interface Action {
        void run() throws LiveUpdateException, IOException;
    }

    private final Calls calls = new Calls();
    private final List<String> refused = new ArrayList<>();
    private final List<FlbHandle<String>> handles = new ArrayList<>();
    private final Set<MockFile> files = Collections.newSetFromMap(new IdentityHashMap<>());
    private final boolean handsOver;
    private Generation generation;

    FailureScript(Path directory, boolean handsOver, Calls.EveryStep injection)
            throws LiveUpdateException, IOException {
        this.handsOver = handsOver;
        generation = Generation.first(Generation.SETTINGS, calls, directory);
        calls.onEvery(injection);
    }

    /** Runs it all; returns what was refused, with its errno. */
    List<String> run() throws LiveUpdateException, IOException {
        registerProviders();
        preserveFiles();
        freezeAndTakeBack();
        if (handsOver) {
            liveUpdate();
            stopBeforeAnythingIsFinished();
            retrieveAndFinish();
        }
        calls.onEvery(call -> {});
        List<String> result = List.copyOf(refused);
        tidyUp();
        check();
        return result;
    }

    private void attempt(String what, Action action) throws IOException {
        try {
            action.run();
        } catch (LiveUpdateException e) {
            refused.add(what + ' ' + e.errno());
        }
    }

    private void registerProviders() throws LiveUpdateException {
        FlbRuntime a = generation.flb("a");
        FlbRuntime b = generation.flb("b");
        FlbRuntime c = generation.flb("c");
        generation.handler("h", a, b);
        generation.handler("k", b, c, a);
        generation.handler("m", generation.flb("d"));
    }

    private void preserveFiles() throws LiveUpdateException, IOException {
        OutgoingSession one = generation.session("one");
        OutgoingSession two = generation.session("two");
        OutgoingSession passing = generation.session("passing");
        preserve(one, 1, "h");
        preserve(one, 2, "k");
        preserve(two, 3, "k");
        preserve(two, 4, "h");
        preserve(passing, 5, "m");
        open("d", Side.OUTGOING);
        attempt("close passing", () -> generation.core.agents().close(passing));
        closeHandles();
        open("b", Side.OUTGOING);
        replace("a", Side.OUTGOING);
    }

    private void preserve(OutgoingSession session, long token, String kind) throws IOException {
        attempt("preserve " + token, () -> files.add(generation.preserve(session, token, kind)));
    }

    private void open(String flb, Side side) throws IOException {
        attempt("open " + flb, () -> handles.add(generation.get(flb, side)));
    }

    private void replace(String flb, Side side) throws IOException {
        attempt("lock " + flb, () -> {
            try (FlbLock<String> lock = generation.lock(flb, side)) {
                lock.replace(lock.get() + " replaced");
            }
        });
    }

    private void closeHandles() throws IOException {
        for (FlbHandle<String> handle : handles) {
            attempt("close a handle", handle::close);
        }
        handles.clear();
    }

    private void freezeAndTakeBack() throws IOException {
        calls.fail("c.freeze", Errno.EAGAIN);
        attempt("veto", () -> generation.core.handover().freeze());
        attempt("freeze", () -> {
            generation.core.handover().freeze();
            generation.core.handover().unfreeze();
        });
    }

    private void liveUpdate() throws LiveUpdateException, IOException {
        closeHandles();
        try {
            generation = generation.kexec();
        } catch (LiveUpdateException e) {
            refused.add("kexec " + e.errno());
            generation = generation.kexec();
        }
        files.clear();
        registerProviders();
    }

    /** What was retrieved is detached, and handed over once more. */
    private void stopBeforeAnythingIsFinished() throws LiveUpdateException, IOException {
        IncomingSession two = generation.incomingSession("two");
        retrieve(two, 3);
        open("a", Side.INCOMING);
        closeHandles();
        generation = generation.later();
        files.clear();
        registerProviders();
    }

    private void retrieveAndFinish() throws LiveUpdateException, IOException {
        IncomingSession one = generation.incomingSession("one");
        retrieve(one, 1);
        open("a", Side.INCOMING);
        replace("b", Side.INCOMING);
        retrieve(one, 2);
        IncomingSession two = generation.incomingSession("two");
        retrieve(two, 4);
        attempt("finish two", () -> generation.core.agents().finish(two));
        attempt("finish one", () -> generation.core.agents().finish(one));
        closeHandles();
        OutgoingSession next = generation.session("next");
        for (MockFile file : List.copyOf(files)) {
            attempt("preserve again " + file, () -> generation.core.agents().preserve(next, file.number, file));
        }
    }

    private void retrieve(IncomingSession session, long token) throws IOException {
        if (session.file(token) != null) {
            attempt("retrieve " + token, () -> files.add((MockFile) generation.core.agents().retrieve(session, token)));
        }
    }

    /** Nothing fails any more. */
    private void tidyUp() throws LiveUpdateException, IOException {
        closeHandles();
        for (String name : generation.core.agents().sessionNames(Side.OUTGOING)) {
            generation.core.agents().close(generation.core.agents().openSession(name));
        }
        for (IncomingSession session : List.copyOf(generation.core.sessions().incomingLocked())) {
            assertTrue(generation.core.agents().close(session).isEmpty(), "every session can be finished now");
        }
        for (IncomingFlb entry : generation.core.incoming().entriesLocked()) {
            if (entry.state == IncomingFlb.State.FAILED) {
                generation.core.agents().discard(entry.name);
            }
        }
    }

    private void check() throws LiveUpdateException, IOException {
        Balance.assertOnlyLeaked(generation, 0);
        Balance.assertFree(generation, files);
        Balance.assertOnlyLeaked(generation, 0);
        Path file = generation.memory().file();
        generation.close();
        Files.delete(file);
    }
}
