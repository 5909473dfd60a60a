package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * A provider is stopped, comes back in another version, and is swapped, over and over, while others use what it
 * preserves; its callbacks fail, crash and dawdle. Whatever was preserved stays, and is held by exactly who it should be.
 */
class OwnersUnderLoadTest {
    private static final Duration DEADLINE = Duration.ofMillis(40);
    private static final Duration DETACH_DEADLINE = Duration.ofMillis(12);
    private static final int SESSIONS = 3;

    private final long seed = Long.getLong("liveupdate.stress.seed", ThreadLocalRandom.current().nextLong());
    private final Load load = new Load(seed, Integer.getInteger("liveupdate.stress.steps", 400));
    private final List<Provider> versions = new ArrayList<>();
    private Generation generation;
    private int attempts;

    @TempDir
    Path directory;

    @Test
    void nothingIsLostAndNothingIsHeldAfterwards() throws Throwable {
        handOverOneSession();
        generation.core.start();
        SplittableRandom injected = new SplittableRandom(~seed);
        generation.calls.onEvery(call -> misbehave(injected));
        load.thread(this::stopAndReturn, this::swap, this::swap, this::freezeAndTakeBack);
        List<Map<String, List<Long>>> expected = new ArrayList<>();
        for (String prefix : List.of("x", "y")) {
            Map<String, List<Long>> mine = new HashMap<>();
            expected.add(mine);
            load.thread(random -> useSession(prefix + random.nextInt(SESSIONS), mine, random));
        }
        load.thread(random -> useHandle(Side.OUTGOING));
        load.thread(random -> useHandle(Side.INCOMING));
        load.thread(this::useFiles);
        load.join();
        System.out.println("owners under load: " + load + ", " + versions.size() + " versions");
        generation.calls.onEvery(call -> {});
        check(expected);
    }

    private void handOverOneSession() throws Exception {
        Settings settings = Settings.DEFAULT.withPatience(DEADLINE).withDetachPatience(DETACH_DEADLINE);
        generation = Generation.first(settings, new Calls(), directory);
        nextVersion().register();
        OutgoingSession session = generation.session("in");
        for (long token = 0; token < SESSIONS; token++) {
            generation.preserve(session, token, "h");
        }
        generation = generation.kexec();
        versions.clear();
        nextVersion().register();
    }

    private Provider nextVersion() {
        Provider next = new Provider(generation, "p", "v" + attempts++);
        versions.add(next);
        return next;
    }

    private Provider newest() {
        return versions.get(versions.size() - 1);
    }

    private static void misbehave(SplittableRandom random) throws LiveUpdateException {
        int dice;
        synchronized (random) {
            dice = random.nextInt(1000);
        }
        if (dice < 8) {
            LockSupport.parkNanos(2 * DETACH_DEADLINE.toNanos());
        } else if (dice < 25) {
            throw new LiveUpdateException(Errno.EHWPOISON, "at random");
        } else if (dice < 40) {
            throw new IllegalStateException("at random");
        }
    }

    private void stopAndReturn(SplittableRandom random) throws LiveUpdateException {
        newest().stop();
        nextVersion().register();
    }

    private void swap(SplittableRandom random) throws LiveUpdateException {
        Provider old = newest();
        Provider next = new Provider(generation, "p", "v" + attempts++);
        generation.core.owners().swap(old.module, List.of(next.handler), List.of(next.flb));
        versions.add(next);
    }

    private void freezeAndTakeBack(SplittableRandom random) throws LiveUpdateException {
        if (random.nextInt(10) == 0) {
            generation.core.handover().freeze();
            generation.core.handover().unfreeze();
        }
    }

    private void useSession(String name, Map<String, List<Long>> mine, SplittableRandom random)
            throws LiveUpdateException {
        if (!mine.containsKey(name)) {
            generation.core.agents().createSession(name);
            mine.put(name, new ArrayList<>());
        }
        OutgoingSession session = (OutgoingSession) generation.core.agents().openSession(name);
        if (random.nextInt(6) == 0) {
            closeAndCheck(session, mine);
        } else {
            long token = random.nextLong();
            generation.preserve(session, token, "h");
            mine.get(name).add(token);
        }
    }

    private void closeAndCheck(OutgoingSession session, Map<String, List<Long>> mine) throws LiveUpdateException {
        try {
            generation.core.agents().close(session);
            mine.remove(session.name());
        } catch (LiveUpdateException e) {
            // Refused, or an owner left half way: what is there is still the oldest of what was preserved.
            List<Long> present = generation.core.agents().tokens(session);
            List<Long> known = mine.get(session.name());
            assertEquals(known.subList(0, present.size()), present);
            known.subList(present.size(), known.size()).clear();
            throw e;
        }
    }

    private void useHandle(Side side) throws LiveUpdateException {
        try (FlbHandle<String> handle = generation.get("a", side)) {
            assertNotNull(handle.get());
        }
    }

    private void useFiles(SplittableRandom random) throws LiveUpdateException {
        IncomingSession session = generation.incomingSession("in");
        try (FileHandle<MockFile> file =
                generation.core.agents().open(session, random.nextInt(SESSIONS), MockFile.class,
                        generation.module("test"))) {
            assertEquals("h", file.get().kind);
        } finally {
            generation.core.agents().abandonSession(session);
        }
    }

    private void check(List<Map<String, List<Long>>> expected) throws Exception {
        newest().stop();
        Provider last = nextVersion().register();
        for (Map<String, List<Long>> mine : expected) {
            for (Map.Entry<String, List<Long>> session : mine.entrySet()) {
                SessionState open = generation.core.agents().openSession(session.getKey());
                assertEquals(session.getValue(), generation.core.agents().tokens(open), session.getKey());
                generation.core.agents().close(open);
            }
        }
        IncomingSession incoming = generation.incomingSession("in");
        assertEquals(SESSIONS, generation.core.agents().tokens(incoming).size());
        assertTrue(generation.core.agents().close(incoming).isEmpty(),
                "the session that was handed over can be finished");
        Balance.assertNothingIsHeld(generation, last.flb);
        assertEquals(Map.of(), generation.memory().statistics().scopePages(), "no scope is left");
        versions.forEach(version -> assertEquals(0, version.references(), version.module::toString));
        generation.close();
    }
}
