package org.liveupdate.core.journal;

import java.util.function.Consumer;
import org.liveupdate.api.Errno;

/**
 * Where the core writes down what happens: into the {@link History} at once, and into a log as soon as that may be
 * called. Thread safe.
 */
public final class Journal {
    /** Runs something now, or as soon as no lock of the core is held. */
    public interface Unlocked {
        /**
         * Runs it.
         *
         * @param task
         *            not null
         */
        void run(Runnable task);
    }

    private final History history = new History();
    private final Consumer<Event> log;
    private final Unlocked unlocked;
    private final Runnable changed;

    /**
     * An empty journal.
     *
     * @param log
     *            called for each event, without any lock of the core
     * @param unlocked
     *            knows when the log may be called
     * @param changed
     *            called after each event, possibly with a lock held: it must not block or call back
     */
    public Journal(Consumer<Event> log, Unlocked unlocked, Runnable changed) {
        this.log = log;
        this.unlocked = unlocked;
        this.changed = changed;
    }

    /**
     * Something happened as it should, or needs an operator's eye.
     *
     * @param id
     *            what
     * @param subject
     *            what it happened to, as text
     * @param text
     *            a sentence
     */
    public void write(EventId id, Object subject, String text) {
        write(id, subject, Event.OK, text);
    }

    /**
     * Something failed.
     *
     * @param id
     *            what
     * @param subject
     *            what it happened to, as text
     * @param errno
     *            how it failed
     * @param text
     *            a sentence
     */
    public void write(EventId id, Object subject, Errno errno, String text) {
        write(id, subject, errno.name(), text);
    }

    private void write(EventId id, Object subject, String result, String text) {
        Event event = history.add(id, String.valueOf(subject), result, text);
        changed.run();
        unlocked.run(() -> log.accept(event));
    }

    /**
     * What happened.
     *
     * @return always the same
     */
    public History history() {
        return history;
    }
}
