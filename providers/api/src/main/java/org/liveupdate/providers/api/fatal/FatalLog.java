package org.liveupdate.providers.api.fatal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the fatal conditions of one bundle, each once: the same subject and the same finding again is not news. Thread
 * safe.
 */
public final class FatalLog implements FatalConditions {

    /** How many are kept; a table with thousands of broken entries is broken once. */
    public static final int MAX_CONDITIONS = 64;

    private final String bundle;
    private final Clock clock;
    /** Guarded by this. */
    private final List<FatalCondition> conditions = new ArrayList<>();

    /**
     * Empty.
     *
     * @param bundle symbolic name of the bundle that detects, not null
     */
    public FatalLog(String bundle) {
        this(bundle, Clock.systemUTC());
    }

    /**
     * Empty, with another clock.
     *
     * @param bundle symbolic name of the bundle that detects, not null
     * @param clock not null
     */
    public FatalLog(String bundle, Clock clock) {
        this.bundle = bundle;
        this.clock = clock;
    }

    /**
     * Keeps a condition, unless it is known already or {@link #MAX_CONDITIONS} are kept.
     *
     * @param subject which device or table, not null
     * @param what what was found, in one sentence, not null
     * @param action what an operator can do, in one sentence, not null
     */
    public synchronized void report(String subject, String what, String action) {
        boolean known = conditions.stream().anyMatch(c -> c.subject().equals(subject) && c.what().equals(what));
        if (!known && conditions.size() < MAX_CONDITIONS) {
            conditions.add(new FatalCondition(clock.instant(), bundle, subject, what, action));
        }
    }

    @Override
    public synchronized List<FatalCondition> list() {
        return List.copyOf(conditions);
    }
}
