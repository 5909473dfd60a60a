package org.liveupdate.core.luo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What there is, for whoever plans or ends a generation. Thread safe. */
public final class Overview {
    private final Orchestrator core;
    private final CoreLock lock;

    Overview(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
    }

    /**
     * Whether there is anything that a next generation would miss.
     *
     * @return true if a session of either side holds a file
     */
    public boolean holdsFiles() {
        lock.lock();
        try {
            return core.sessions().allLocked().stream().anyMatch(session -> session.size() > 0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether nothing that was handed over waits to be finished.
     *
     * @return true if no incoming session holds a file
     */
    public boolean isIncomingFinished() {
        lock.lock();
        try {
            return core.sessions().incomingLocked().stream().allMatch(session -> session.size() == 0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether there is anything that the next core in this framework would miss.
     *
     * @return true if there is a session, or there was a live update
     */
    public boolean holdsAnything() {
        lock.lock();
        try {
            return core.handover().number() > 0 || !core.sessions().allLocked().isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many files each session of either side holds.
     *
     * @return a copy
     */
    public List<Integer> filesBySession() {
        lock.lock();
        try {
            return core.sessions().allLocked().stream().map(SessionState::size).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The names of the linked FLBs.
     *
     * @return a copy
     */
    public List<String> linkedNames() {
        lock.lock();
        try {
            return core.names().used().stream().filter(flb -> flb.links > 0).map(FlbRuntime::compatible).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Told what preserved files need. */
    public interface Needed {
        /**
         * One kind of provider.
         *
         * @param kind
         *            {@code handler} or {@code flb}
         * @param name
         *            compatible string
         * @param files
         *            how many files need it
         */
        void needed(String kind, String name, long files);
    }

    /**
     * Tells what preserved state depends on, each provider once, sorted.
     *
     * @param needed
     *            called without any lock
     */
    public void preservedWith(Needed needed) {
        Map<String, Long> handlers = new TreeMap<>();
        Map<String, Long> flbs = new TreeMap<>();
        lock.lock();
        try {
            for (OutgoingSession session : core.sessions().outgoingLocked()) {
                for (HeldFile file : session.oldestFirst()) {
                    handlers.merge(file.handler().compatible(), 1L, Long::sum);
                    for (OutgoingFlb flb : file.flbs) {
                        flbs.merge(flb.name, 1L, Long::sum);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        handlers.forEach((name, files) -> needed.needed("handler", name, files));
        flbs.forEach((name, files) -> needed.needed("flb", name, files));
    }
}
