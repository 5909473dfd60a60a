package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * Providers come and go, callbacks fail and hang, live updates are begun and taken back, while sessions preserve, retrieve
 * and finish, and handles and locks are opened and closed: in the end nothing is held, and no thread is stuck. The
 * callback deadline is short. {@code -Dliveupdate.stress.steps=N} for more, {@code -Dliveupdate.stress.seed=S} to repeat
 * the choices, though not the timing.
 */
class ProvidersUnderLoadTest {
    private static final Duration DEADLINE = Duration.ofMillis(24);
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int SESSIONS = 12;
    private static final int FILES = 4;

    private final long seed = Long.getLong("liveupdate.stress.seed", ThreadLocalRandom.current().nextLong());
    private final Load load = new Load(seed, Integer.getInteger("liveupdate.stress.steps", 1500));
    private final List<FlbRuntime> flbs = new ArrayList<>();
    private final List<HandlerRuntime> handlers = new ArrayList<>();
    private Generation generation;

    @TempDir
    Path directory;

    @Test
    void nothingIsHeldAndNobodyIsStuckAfterwards() throws Throwable {
        handOverSomeSessions();
        generation.core.start();
        SplittableRandom injected = new SplittableRandom(~seed);
        generation.calls.onEvery(call -> misbehave(call, injected));
        load.thread(this::register, this::unlink, this::link, this::link, this::link);
        load.thread(this::moduleGoes, this::modulesAreBack, this::freezeAndTakeBack);
        load.thread(sessions("x"));
        load.thread(sessions("y"));
        load.thread(handles(Side.OUTGOING));
        load.thread(handles(Side.INCOMING));
        load.thread(this::lock);
        load.thread(this::useIncomingSessions);
        load.join();
        System.out.println("providers under load: " + load);
        generation.calls.onEvery(call -> {});
        tidyUp();
        check();
    }

    private void handOverSomeSessions() throws Exception {
        generation = Generation.first(Generation.SETTINGS.withPatience(DEADLINE), new Calls(), directory);
        define();
        registerAll();
        for (int i = 0; i < SESSIONS; i++) {
            OutgoingSession session = generation.session("in" + i);
            for (int token = 0; token < FILES; token++) {
                generation.preserve(session, token, token % 2 == 0 ? "h" : "k");
            }
        }
        generation = generation.kexec();
        define();
        registerAll();
    }

    /** Three objects compete for each name. */
    private void define() {
        flbs.clear();
        handlers.clear();
        for (int i = 0; i < 3; i++) {
            for (String name : NAMES) {
                flbs.add(generation.flb(name, "provider " + i));
            }
        }
        handlers.add(generation.unregistered("h"));
        handlers.add(generation.unregistered("k"));
        generation.module("test");
    }

    private void registerAll() throws LiveUpdateException {
        for (HandlerRuntime handler : handlers) {
            generation.core.registry().register(handler);
            for (int i = 0; i < NAMES.size(); i++) {
                generation.core.registry().link(handler, flbs.get(i));
            }
        }
    }

    /** One call in some fails, few take longer than they may. */
    private static void misbehave(String call, SplittableRandom random) throws LiveUpdateException {
        int dice;
        synchronized (random) {
            dice = random.nextInt(2000);
        }
        boolean ofAnFlb = NAMES.contains(call.substring(0, call.indexOf('.')));
        if (dice < (ofAnFlb ? 30 : 2)) {
            LockSupport.parkNanos(2 * DEADLINE.toNanos());
        } else if (dice < 40) {
            throw new LiveUpdateException(Errno.EHWPOISON, "at random");
        } else if (dice < 60) {
            throw new IllegalStateException("at random");
        } else if (dice < 300) {
            Thread.yield();
        }
    }

    private static <E> E any(SplittableRandom random, List<E> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void register(SplittableRandom random) throws LiveUpdateException {
        HandlerRuntime handler = any(random, handlers);
        if (handler.registered()) {
            generation.core.registry().unregister(handler);
        }
        generation.core.registry().register(handler);
    }

    private void link(SplittableRandom random) throws LiveUpdateException {
        generation.core.registry().link(any(random, handlers), any(random, flbs));
    }

    private void unlink(SplittableRandom random) {
        generation.core.registry().unlink(any(random, handlers), any(random, flbs));
    }

    private void moduleGoes(SplittableRandom random) {
        generation.core.owners().moduleState(any(random, List.copyOf(generation.modules.values())), Module.State.GOING);
    }

    private void modulesAreBack(SplittableRandom random) {
        generation.modules.values().forEach(module -> generation.core.owners().moduleState(module, Module.State.LIVE));
    }

    private void freezeAndTakeBack(SplittableRandom random) throws LiveUpdateException {
        if (random.nextInt(20) == 0) {
            generation.core.handover().freeze();
            generation.core.handover().unfreeze();
        }
    }

    private Load.Step sessions(String prefix) {
        Deque<OutgoingSession> open = new ArrayDeque<>();
        int[] number = new int[1];
        return random -> {
            if (open.size() == 3 || !open.isEmpty() && random.nextInt(4) == 0) {
                generation.core.agents().close(open.peek());
                open.remove();
            }
            if (open.isEmpty() || random.nextInt(3) == 0) {
                open.add(generation.session(prefix + number[0]++));
            }
            generation.preserve(open.getLast(), random.nextInt(6), random.nextBoolean() ? "h" : "k");
        };
    }

    private Load.Step handles(Side side) {
        Deque<FlbHandle<String>> open = new ArrayDeque<>();
        return random -> {
            if (open.size() == 3 || !open.isEmpty() && random.nextBoolean()) {
                open.remove().close();
            }
            FlbHandle<String> handle = generation.get(any(random, NAMES), side);
            open.add(handle);
            String object = handle.get();
            assertTrue(object != null, "while a handle is open the object stays");
        };
    }

    private void lock(SplittableRandom random) throws LiveUpdateException {
        try (FlbLock<String> lock = generation.lock(any(random, NAMES), any(random, List.of(Side.values())))) {
            String mine = "replaced by " + random.nextLong();
            lock.replace(mine);
            assertEquals(mine, lock.get(), "nobody else has the lock");
        }
    }

    private void useIncomingSessions(SplittableRandom random) throws LiveUpdateException {
        String name = "in" + random.nextInt(SESSIONS);
        IncomingSession session = generation.incomingSession(name);
        try {
            generation.core.agents().retrieve(session, random.nextInt(FILES));
        } finally {
            if (random.nextInt(20) == 0) {
                generation.core.agents().close(session);
            } else {
                generation.core.agents().abandonSession(session);
            }
        }
    }

    private void tidyUp() throws LiveUpdateException {
        modulesAreBack(null);
        generation.core.agents().closeHandlesOf(generation.module("test"));
        for (HandlerRuntime handler : handlers) {
            if (!handler.registered()) {
                generation.core.registry().register(handler);
            }
        }
        for (String name : generation.core.agents().sessionNames(Side.OUTGOING)) {
            generation.core.agents().close(generation.core.agents().openSession(name));
        }
        for (IncomingSession session : List.copyOf(generation.core.sessions().incomingLocked())) {
            assertTrue(generation.core.agents().close(session).isEmpty(), "every session can be finished now");
        }
        for (IncomingFlb entry : generation.core.incoming().entriesLocked()) {
            if (entry.state != IncomingFlb.State.FINISHED) {
                generation.core.agents().discard(entry.name);
            }
        }
    }

    private void check() throws Exception {
        Balance.assertNothingIsHeld(generation, flbs.toArray(FlbRuntime[]::new));
        assertEquals(Map.of(), generation.memory().statistics().scopePages(), "no scope is left");
        generation.close();
    }
}
