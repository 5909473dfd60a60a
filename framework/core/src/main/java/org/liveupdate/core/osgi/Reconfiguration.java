package org.liveupdate.core.osgi;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.Orchestrator;

/** Applies configurations to a running core, each as a whole or not at all. */
final class Reconfiguration {
    private static final String PID = "org.liveupdate";

    private final Orchestrator core;
    private final Whiteboard whiteboard;
    private final UnaryOperator<String> defaults;
    /** What the core started with. */
    private final Configuration started;
    /** Guarded by this; the core calls nobody while it is configured. */
    private volatile Configuration current;

    Reconfiguration(Orchestrator core, Whiteboard whiteboard, UnaryOperator<String> defaults, Configuration started) {
        this.core = core;
        this.whiteboard = whiteboard;
        this.defaults = defaults;
        this.started = started;
        this.current = started;
    }

    /** What is in effect. */
    Configuration current() {
        return current;
    }

    /** Configuration Admin says something else. */
    void apply(Map<String, ?> configured) {
        Configuration next = Configuration.of(configured, defaults);
        List<String> changes;
        try {
            next.check();
            changes = change(next);
        } catch (IllegalArgumentException e) {
            refused(Errno.EINVAL, e);
            return;
        } catch (LiveUpdateException e) {
            refused(e.errno(), e);
            return;
        }
        if (!changes.isEmpty()) {
            core.journal().write(EventId.CONFIGURED, PID, "the configuration was changed: " + changes);
            whiteboard.retry();
        }
        List<String> later = started.changesAtStart(next);
        if (!later.isEmpty()) {
            core.journal().write(EventId.NEEDS_RESTART, PID,
                    "these settings take effect when the core starts again: " + later);
        }
    }

    private synchronized List<String> change(Configuration next) throws LiveUpdateException {
        List<String> changes = current.changesAtOnce(next);
        boolean exclusiveBefore = current.isExclusive();
        core.device().exclusive(next.isExclusive());
        try {
            core.configure(next.settings());
        } catch (LiveUpdateException e) {
            core.device().exclusive(exclusiveBefore);
            throw e;
        }
        current = next.withStartOf(started);
        return changes;
    }

    private void refused(Errno errno, Exception e) {
        core.journal().write(EventId.CONFIGURATION_REFUSED, PID, errno,
                "the configuration is refused, the one before stays: " + e.getMessage());
    }
}
