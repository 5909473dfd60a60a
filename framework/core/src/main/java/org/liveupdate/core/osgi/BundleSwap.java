package org.liveupdate.core.osgi;

import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** One swap of bundles: install, start, replace, uninstall; or the candidate goes again. Use once. */
final class BundleSwap {
    private static final long MICROS_PER_MILLI = 1000;
    private static final long MICROS_PER_TENTH = 100;

    private final Orchestrator core;
    private final Whiteboard whiteboard;
    private final BundleModules modules;
    private final BundleContext context;
    private final Bundle old;
    /** How long neither of the two could be called, in nanoseconds. */
    private long gap;

    BundleSwap(Orchestrator core, Whiteboard whiteboard, BundleModules modules, BundleContext context, Bundle old) {
        this.core = core;
        this.whiteboard = whiteboard;
        this.modules = modules;
        this.context = context;
        this.old = old;
    }

    Bundle run(String location, InputStream content) throws LiveUpdateException {
        String leaving = old.toString();
        Object recorded = core.recorder().beginPhase();
        Errno failure = null;
        try {
            Bundle next = swap(location, content);
            core.journal().write(EventId.SWAPPED, leaving, leaving + " was replaced by " + next
                    + "; whoever called meanwhile waited at most " + millis(gap));
            return next;
        } catch (LiveUpdateException e) {
            failure = e.errno();
            core.journal().write(EventId.SWAP_REFUSED, leaving, failure, e.getMessage());
            throw e;
        } finally {
            core.recorder().endPhase(recorded, "swap", leaving, failure);
        }
    }

    private static String millis(long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        return micros / MICROS_PER_MILLI + "." + micros % MICROS_PER_MILLI / MICROS_PER_TENTH + " ms";
    }

    private Bundle swap(String location, InputStream content) throws LiveUpdateException {
        Bundle next = install(location, content);
        boolean done = false;
        try {
            start(next);
            replace(next);
            done = true;
        } finally {
            if (!done) {
                remove(next);
            }
        }
        remove(old);
        whiteboard.retry();
        return next;
    }

    private Bundle install(String location, InputStream content) throws LiveUpdateException {
        if (context.getBundle(location) != null) {
            throw new LiveUpdateException(Errno.EINVAL, old + " is not replaced: there is a bundle at " + location
                    + " already; give the new one another location");
        }
        try {
            return context.installBundle(location, content);
        } catch (BundleException e) {
            throw new LiveUpdateException(Errno.EINVAL,
                    old + " is not replaced: " + location + " cannot be installed: " + e.getMessage());
        }
    }

    private void start(Bundle next) throws LiveUpdateException {
        try {
            next.start();
        } catch (BundleException e) {
            throw new LiveUpdateException(Errno.EINVAL,
                    old + " is not replaced: " + next + " does not start: " + e.getMessage());
        }
    }

    private void replace(Bundle next) throws LiveUpdateException {
        Module leaving = modules.of(old);
        Module taking = modules.of(next);
        boolean granted = core.owners().grant(leaving.owner(), taking);
        boolean done = false;
        try {
            if (old.getState() == Bundle.ACTIVE || old.getState() == Bundle.STARTING) {
                new Preloading(context, next).run();
                long began = System.nanoTime();
                core.owners().swap(leaving, whiteboard.handlersOf(taking), whiteboard.flbsOf(taking));
                gap = System.nanoTime() - began;
            }
            done = true;
        } finally {
            if (granted && !done) {
                core.owners().revoke(leaving.owner(), taking);
            }
        }
        whiteboard.replaced(leaving, taking);
    }

    private void remove(Bundle bundle) {
        try {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        } catch (BundleException | IllegalStateException e) {
            core.journal().write(EventId.NOT_REMOVED, bundle, Errno.EIO,
                    bundle + " could not be uninstalled after a swap: " + e.getMessage());
        }
    }
}
