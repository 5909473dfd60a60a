package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiTest;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Providers and the core are started, stopped, updated, uninstalled and refreshed at random, and Declarative Services are
 * restarted, while threads use what they provide. Rounds of {@value #ROUND} steps; round K has the seed S + K, so a long
 * run that was ended goes on with {@code -Dchaos.seed}.
 */
@OsgiTest(ChaosIT.Bundles.class)
class ChaosIT {
    private static final int ROUND = 100;
    private static final int STEPS = Integer.getInteger("chaos.steps", 200);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() >>> 20);
    private static final int WORKERS = 3;
    private static final int CHECK_EVERY = 25;
    private static final int ACTIONS = ForeignAction.values().length;
    private static final long HANG_MILLIS = 20_000;

    private static final List<NotesBundle> NOTES = List.of(
            new NotesBundle("chaos.shared", "1.0.0", List.of(), List.of("book-shared"), List.of()),
            NotesBundle.of("chaos.one", "note-one", "book-one"),
            new NotesBundle("chaos.two", "1.0.0", List.of("note-two"), List.of(), List.of("book-shared")),
            new NotesBundle("chaos.three", "1.0.0", List.of("note-three"), List.of("book-three"),
                    List.of("book-three", "book-shared")));

    BundleContext context;
    private ServiceTracker<LiveUpdate, LiveUpdate> liveUpdate;
    private ServiceTracker<LiveUpdateRuntime, LiveUpdateRuntime> runtime;
    /** Workers work with the read lock, checks have the write lock. */
    private final ReadWriteLock pause = new ReentrantReadWriteLock(true);

    /** The core with short deadlines. */
    public static final class Bundles implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            return OptionUtils.combine(new CoreBundles().get(),
                    CoreOptions.frameworkProperty("liveupdate.detach.timeout").value("500"));
        }
    }

    @BeforeEach
    void watchForTheCore() {
        liveUpdate = new ServiceTracker<>(context, LiveUpdate.class, null);
        liveUpdate.open();
        runtime = new ServiceTracker<>(context, LiveUpdateRuntime.class, null);
        runtime.open();
    }

    @AfterEach
    void end() {
        runtime.close();
        liveUpdate.close();
    }

    @Test
    void whateverComesAndGoesNothingThatIsPreservedIsLost() throws Exception {
        for (int round = 0; round * ROUND < STEPS; round++) {
            long seed = SEED + round;
            try {
                System.out.println("chaos seed " + seed + ": " + round(seed));
            } catch (AssertionError | Exception e) {
                throw new AssertionError("with -Dchaos.seed=" + seed, e);
            }
            assertEquals(0, state().memory.usedPages);
        }
        for (NotesBundle notes : NOTES) {
            ForeignAction.bundle(context, notes).uninstall();
        }
    }

    private String round(long seed) throws Exception {
        deployAll();
        List<ChaosWorker> workers = IntStream.range(0, WORKERS)
                .mapToObj(i -> new ChaosWorker("w" + i, seed * WORKERS + i, liveUpdate::getService, NOTES)).toList();
        AtomicBoolean over = new AtomicBoolean();
        List<Background> threads = new ArrayList<>();
        for (ChaosWorker worker : workers) {
            threads.add(Background.run("worker", () -> work(worker, over)));
        }
        int ofCore;
        try {
            ofCore = steps(new Random(seed), workers);
        } finally {
            over.set(true);
        }
        for (Background thread : threads) {
            thread.endsWithin(HANG_MILLIS);
        }
        check(workers);
        for (ChaosWorker worker : workers) {
            worker.closeAll();
        }
        return String.format("%d steps, %d of them on the core, %d calls, %d of them refused, nothing lost", ROUND,
                ofCore, workers.stream().mapToLong(ChaosWorker::calls).sum(),
                workers.stream().mapToLong(ChaosWorker::refused).sum());
    }

    /** Returns how many of them were on the core. */
    private int steps(Random random, List<ChaosWorker> workers) throws Exception {
        int ofCore = 0;
        for (int step = 1; step <= ROUND; step++) {
            int bundle = random.nextInt(NOTES.size() + 1);
            int action = random.nextInt(ACTIONS + 1);
            String version = "1.0." + step;
            Background.run("step " + step + ", action " + action + " on bundle " + bundle, () -> {
                if (bundle == NOTES.size()) {
                    disturbCore(action);
                } else {
                    disturb(NOTES.get(bundle).withVersion(version), action);
                }
                return null;
            }).endsWithin(HANG_MILLIS);
            ofCore += bundle == NOTES.size() ? 1 : 0;
            if (step % CHECK_EVERY == 0) {
                check(workers);
            }
        }
        return ofCore;
    }

    private Object work(ChaosWorker worker, AtomicBoolean over) throws Exception {
        while (!over.get()) {
            pause.readLock().lock();
            try {
                worker.step();
            } finally {
                pause.readLock().unlock();
            }
        }
        return null;
    }

    private void disturb(NotesBundle notes, int action) throws BundleException, InterruptedException {
        Bundle installed = ForeignAction.bundle(context, notes);
        if (action == ACTIONS || installed == null) {
            ForeignAction.deploy(context, notes);
        } else {
            ForeignAction.values()[action].on(context, notes);
        }
    }

    private void disturbCore(int action) throws BundleException, InterruptedException {
        Bundle core = bundle("org.liveupdate.core");
        switch (action) {
            case 0 -> restart(core);
            case 1 -> restart(bundle("org.apache.felix.scr")); // without which the core is not there
            case 2 -> core.update();
            case 3 -> ForeignAction.refresh(context, List.of(core));
            default -> {
                core.uninstall();
                context.installBundle(core.getLocation()).start();
            }
        }
    }

    private static void restart(Bundle bundle) throws BundleException {
        bundle.stop();
        bundle.start();
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles()).filter(bundle -> bundle.getSymbolicName().equals(name)).findFirst()
                .orElseThrow();
    }

    private RuntimeDTO state() throws InterruptedException {
        return runtime.waitForService(HANG_MILLIS).getRuntimeDTO();
    }

    private void deployAll() throws BundleException {
        for (NotesBundle notes : NOTES) {
            ForeignAction.deploy(context, notes);
        }
    }

    private void check(List<ChaosWorker> workers) throws Exception {
        deployAll();
        pause.writeLock().lock();
        try {
            liveUpdate.waitForService(HANG_MILLIS);
            for (ChaosWorker worker : workers) {
                worker.check();
            }
            RuntimeDTO state = state();
            for (String flb : NOTES.stream().flatMap(notes -> notes.flbs().stream()).toList()) {
                assertEquals(workers.stream().mapToLong(worker -> worker.files(flb)).sum(), Arrays.stream(state.flbs)
                        .filter(dto -> dto.compatible.equals(flb)).mapToLong(dto -> dto.files).sum(), flb);
            }
            assertEquals(0, state.refused.length, () -> Arrays.toString(state.refused));
        } finally {
            pause.writeLock().unlock();
        }
    }
}
