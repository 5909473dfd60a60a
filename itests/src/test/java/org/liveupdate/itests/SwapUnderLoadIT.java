package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.Modules;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Many swaps while two threads use the provider. */
@OsgiTest(CoreBundles.class)
class SwapUnderLoadIT {
    private static final int SWAPS = Integer.getInteger("liveupdate.swap.count", 200);
    /** After so many, what grows with the first uses only has grown. */
    private static final int WARM = SWAPS / 4;
    private static final int THREADS = 2;
    /** After each call, so that many swaps end in minutes: threads that never pause take the processors from the swap. */
    private static final long LOAD_PAUSE_NANOS = Long.getLong("liveupdate.swap.pause", 0);
    /** Threads that never pause would wait for a processor rather than for the swap. */
    private static final long PAUSE_NANOS = 50_000;
    private static final long HEAP_SLACK_BYTES = 8L << 20;
    /** Bounds for a machine that does other things, too; the figures are printed. */
    private static final long P50_MICROS = Long.getLong("liveupdate.swap.p50", 500_000);
    private static final long P99_MICROS = Long.getLong("liveupdate.swap.p99", 1_500_000);

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    @OsgiService
    Modules modules;
    BundleContext context;

    private final Loaders loaders = new Loaders();
    private final Windows windows = new Windows();
    private Bundle current;
    private int swaps;

    @AfterEach
    void removeAll() throws Exception {
        PoolBundle.removeAll(context);
    }

    @Test
    void noCallIsLostNoCallerSeesAnErrorAndNothingOfTheOldVersionsIsKept() throws Exception {
        PoolBundle.types().deploy(context);
        current = PoolBundle.version("1.0.0").deploy(context);
        try (Session session = liveUpdate.createSession("load")) {
            session.preserve(1, new AtomicLong(7));
            long pages = runtime.getRuntimeDTO().memory.usedPages;
            long calls;
            try (PoolLoad load = new PoolLoad(liveUpdate, THREADS, LOAD_PAUSE_NANOS)) {
                swap(load, WARM);
                Resources warm = Resources.used();
                swap(load, SWAPS - WARM);
                Resources last = Resources.used();
                calls = load.end();
                report(warm, last, calls);
                last.assertNotMoreThan(warm, HEAP_SLACK_BYTES);
            }
            assertNothingIsLost(session, calls);
            assertEquals(pages, runtime.getRuntimeDTO().memory.usedPages);
            assertEquals(0, loaders.left(), "class loaders of old versions that somebody keeps");
        }
    }

    @Test
    void aGetDuringASwapWaitsShortly() throws Exception {
        PoolBundle.types().deploy(context);
        current = PoolBundle.version("1.0.0").deploy(context);
        try (Session session = liveUpdate.createSession("window")) {
            session.preserve(1, new AtomicLong(7));
            try (PoolLoad load = new PoolLoad(liveUpdate, THREADS, PAUSE_NANOS)) {
                swap(load, SWAPS);
                load.end();
            }
        }
        System.out.printf("a get waits in %s%n", windows);
        assertTrue(windows.percentile(50) <= P50_MICROS, windows::toString);
        assertTrue(windows.percentile(99) <= P99_MICROS, windows::toString);
    }

    private void swap(PoolLoad load, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            loaders.watch(current);
            InputStream next = PoolBundle.version(++swaps % 2 + 1 + ".0.0").content();
            windows.begin();
            load.longestSinceLast();
            current = modules.swap(current, PoolBundle.location(), next);
            windows.add(load.longestSinceLast());
        }
    }

    private void assertNothingIsLost(Session session, long calls) throws Exception {
        try (FlbHandle<LongUnaryOperator> pool = liveUpdate.getOutgoing(PoolBundle.KEY);
                FileHandle<AtomicLong> file = session.open(1, AtomicLong.class)) {
            assertEquals(calls, pool.get().applyAsLong(0));
            assertEquals(7, file.get().get());
        }
    }

    private void report(Resources warm, Resources last, long calls) {
        System.out.printf("swap under load: longest get in %s; %,d calls, none lost; %s, then %s%n", windows, calls,
                warm,
                last);
    }
}
