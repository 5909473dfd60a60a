package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.Modules;
import org.liveupdate.api.Session;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.FrameworkWiring;

/** What replacing a provider does to 500 bundles that depend on it. */
@OsgiTest(CoreBundles.class)
@Timeout(300)
class SwapAmongManyIT {
    private static final int USERS = 500;
    private static final int WINDOWS = Integer.getInteger("liveupdate.swap.count", 200) / 10;
    private static final long PAUSE_NANOS = 50_000;
    private static final long REFRESH_SECONDS = 120;
    /** Bounds for a machine that does other things, too; the figures are printed. */
    private static final long P50_MICROS = Long.getLong("liveupdate.swap.p50", 500_000);
    private static final long P99_MICROS = Long.getLong("liveupdate.swap.p99", 1_500_000);

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    Modules modules;
    BundleContext context;
    /** Each time a bundle was stopped. */
    private final List<Bundle> stopped = new ArrayList<>();
    private final SynchronousBundleListener counter = event -> {
        if (event.getType() == BundleEvent.STOPPED) {
            stopped.add(event.getBundle());
        }
    };

    @AfterEach
    void removeAll() throws Exception {
        context.removeBundleListener(counter);
        PoolBundle.removeAll(context);
    }

    @Test
    void aSwapStopsNobodyElseWhereUpdateAndRefreshStopAll() throws Exception {
        try (Session session = liveUpdate.createSession("many")) {
            long byRefresh = stopsByUpdateAndRefresh(session);
            PoolBundle.removeAll(context);
            refresh(null);
            long others = stopsOfOthersBySwap();
            System.out.printf("%d bundles depend on a provider | stopped bundles%n", USERS);
            System.out.printf("update and refresh, packages exported by the provider | %d%n", byRefresh);
            System.out.printf("swap, packages exported by a bundle of their own | %d, and the old version%n", others);
            assertTrue(byRefresh > USERS, () -> "stopped: " + byRefresh);
            assertEquals(0, others);
        }
    }

    private long stopsByUpdateAndRefresh(Session session) throws Exception {
        Bundle provider = PoolBundle.exporting("1.0.0").deploy(context);
        deployUsers("[2,3)");
        session.preserve(1, new AtomicLong(7));
        assertEquals(USERS, useAll());
        context.addBundleListener(counter);
        provider.update(PoolBundle.exporting("2.0.0").content());
        refresh(provider);
        context.removeBundleListener(counter);
        assertEquals(2 * USERS, useAll(), "what was preserved is there all the same");
        session.close();
        return stopped.size();
    }

    private long stopsOfOthersBySwap() throws Exception {
        stopped.clear();
        PoolBundle.types().deploy(context);
        Bundle provider = PoolBundle.version("1.0.0").deploy(context);
        deployUsers("[1,2)");
        try (Session session = liveUpdate.createSession("swapped")) {
            session.preserve(1, new AtomicLong(7));
            assertEquals(USERS, useAll());
            assertEquals(List.of(), modules.plan(provider));
            context.addBundleListener(counter);
            Bundle next = modules.swap(provider, PoolBundle.location(), PoolBundle.version("2.0.0").content());
            context.removeBundleListener(counter);
            assertEquals(2 * USERS, useAll());
            measure(next);
            stopped.removeIf(bundle -> bundle.equals(provider));
            return stopped.size();
        }
    }

    /** The window does not depend on how many there are. */
    private void measure(Bundle provider) throws Exception {
        Windows windows = new Windows();
        Bundle current = provider;
        try (PoolLoad load = new PoolLoad(liveUpdate, 2, PAUSE_NANOS)) {
            for (int i = 0; i < WINDOWS; i++) {
                InputStream next = PoolBundle.version(i % 2 + 1 + ".0.0").content();
                windows.begin();
                load.longestSinceLast();
                current = modules.swap(current, PoolBundle.location(), next);
                windows.add(load.longestSinceLast());
            }
            load.end();
        }
        System.out.printf("a get among %d bundles waits in %s%n", USERS, windows);
        assertTrue(windows.percentile(50) <= P50_MICROS, windows::toString);
        assertTrue(windows.percentile(99) <= P99_MICROS, windows::toString);
    }

    private void deployUsers(String types) throws Exception {
        for (int i = 0; i < USERS; i++) {
            PoolBundle.user(i, types).deploy(context);
        }
    }

    /** Each user counts one more; the highest count that one of them has seen. */
    private long useAll() throws Exception {
        long highest = 0;
        for (var reference : context.getServiceReferences(LongSupplier.class, null)) {
            highest = Math.max(highest, context.getService(reference).getAsLong());
            context.ungetService(reference);
        }
        return highest;
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class)
                .refreshBundles(bundle == null ? null : List.of(bundle), event -> {
                    if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                        refreshed.countDown();
                    }
                });
        assertTrue(refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS), "the refresh does not end");
    }
}
