package org.liveupdate.core.journal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events of a generation. Thread safe; calls nobody. */
public final class History {
    /** So many events are kept; older ones are dropped. */
    public static final int LIMIT = 500;

    /** Oldest first; guarded by this. */
    private final Deque<Event> events = new ArrayDeque<>();
    /** Guarded by this. */
    private long sequence;

    synchronized Event add(EventId id, String subject, String result, String text) {
        if (events.size() == LIMIT) {
            events.removeFirst();
        }
        Event event = new Event(++sequence, Instant.now(), id, subject, result, text);
        events.addLast(event);
        return event;
    }

    /**
     * What happened.
     *
     * @return a copy, oldest first
     */
    public synchronized List<Event> list() {
        return List.copyOf(events);
    }
}
