package org.liveupdate.core.luo;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
     * The linked FLBs.
     *
     * @return a copy
     */
    public List<FlbRuntime> linkedFlbs() {
        lock.lock();
        try {
            return core.names().used().stream().filter(flb -> flb.links > 0).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What preserved files need.
     *
     * @param provider
     *            {@code handler NAME} or {@code flb NAME}
     * @param owner
     *            {@link Module#owner} of whoever preserved it
     * @param files
     *            how many files need it
     */
    public record Needed(String provider, String owner, long files) {}

    /** Without how many. */
    private record Need(String provider, String owner) {}

    /**
     * What preserved state depends on.
     *
     * @return handlers, then FLBs, each sorted, once for each of its owners
     */
    public List<Needed> preservedWith() {
        Comparator<Need> order = Comparator.comparing(Need::provider).thenComparing(Need::owner);
        Map<Need, Long> handlers = new TreeMap<>(order);
        Map<Need, Long> flbs = new TreeMap<>(order);
        lock.lock();
        try {
            for (OutgoingSession session : core.sessions().outgoingLocked()) {
                for (HeldFile file : session.oldestFirst()) {
                    HandlerRuntime handler = file.handler();
                    count(handlers, "handler " + handler.compatible(), handler.module());
                    for (OutgoingFlb flb : file.flbs) {
                        count(flbs, "flb " + flb.name, flb.owner.module());
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        return Stream.of(handlers, flbs).flatMap(counted -> counted.entrySet().stream())
                .map(each -> new Needed(each.getKey().provider(), each.getKey().owner(), each.getValue())).toList();
    }

    private static void count(Map<Need, Long> counted, String provider, Module module) {
        counted.merge(new Need(provider, module.owner()), 1L, Long::sum);
    }
}
