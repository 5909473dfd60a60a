package org.liveupdate.console;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.LongSerializationPolicy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The core as others follow it: {@code service.changecount} tells when to look again. The core may come and go. Thread
 * safe.
 */
@Component(service = Feed.class)
public final class Feed {
    private static final Gson GSON = new GsonBuilder().serializeNulls().setLongSerializationPolicy(
            LongSerializationPolicy.STRING).create();

    /** Guarded by this. Null while there is no core. */
    private LiveUpdateRuntime runtime;
    /** Guarded by this. */
    private long change;
    /** Guarded by this. */
    private boolean closed;

    /** Called by DS. */
    public Feed() {}

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY, updated = "updatedRuntime")
    synchronized void bindRuntime(LiveUpdateRuntime core) {
        runtime = core;
        change();
    }

    /** Its change count has grown. */
    synchronized void updatedRuntime(LiveUpdateRuntime core) {
        change();
    }

    synchronized void unbindRuntime(LiveUpdateRuntime core) {
        if (runtime == core) {
            runtime = null;
            change();
        }
    }

    private void change() {
        change++;
        notifyAll();
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** What the core shows now. */
    State now() {
        long seen;
        LiveUpdateRuntime core;
        synchronized (this) {
            seen = change;
            core = runtime;
        }
        String json = GSON.toJson(core == null ? null : core.getRuntimeDTO());
        return new State(seen, json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Waits for a change.
     *
     * @param seen
     *            {@link State#change} of what the caller knows
     * @return whether there was one before the time was up
     * @throws InterruptedException
     *             the server stops
     */
    synchronized boolean awaitChangeAfter(long seen, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (change == seen && !closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return change != seen;
    }

    /** Whether nothing will follow. */
    synchronized boolean isClosed() {
        return closed;
    }
}
