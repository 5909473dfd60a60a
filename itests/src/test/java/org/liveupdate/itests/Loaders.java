package org.liveupdate.itests;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Watches over class loaders of bundles that have left: nobody may keep them. Not thread safe. */
final class Loaders {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_MILLIS = 100;

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final List<Reference<ClassLoader>> waiting = new ArrayList<>();

    /** A bundle that will leave. */
    void watch(Bundle bundle) {
        waiting.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader(), collected));
    }

    /** Collects garbage until all are gone or a minute has passed; how many are left. */
    int left() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        forget();
        while (!waiting.isEmpty() && System.nanoTime() < deadline) {
            System.gc();
            Reference<?> next = collected.remove(PAUSE_MILLIS);
            if (next != null) {
                waiting.remove(next);
            }
            forget();
        }
        return waiting.size();
    }

    /** Lets go of those that are gone already. */
    private void forget() {
        waiting.removeIf(reference -> reference.refersTo(null));
    }
}
