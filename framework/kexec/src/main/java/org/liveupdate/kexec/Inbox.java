package org.liveupdate.kexec;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.liveupdate.kexec.supervisor.link.Message;

/** What the supervisor said and nobody has read. Thread safe; one reader at a time. */
final class Inbox {
    /** What kind of item it is. */
    enum Kind {
        /** A message. */
        MESSAGE,
        /** The supervisor is gone; from then on every item is this. */
        CLOSED,
        /** This generation is to stop; said once. */
        STOP,
        /** Something in the framework has changed. */
        CHANGED,
        /** Nothing, and the time is up. */
        NOTHING
    }

    /**
     * Something to react to.
     *
     * @param message
     *            null unless it is one
     */
    record Item(Kind kind, Message message) {}

    private static final Item NOTHING = new Item(Kind.NOTHING, null);
    private static final Item STOP = new Item(Kind.STOP, null);
    private static final Item CHANGED = new Item(Kind.CHANGED, null);
    private static final Item CLOSED = new Item(Kind.CLOSED, null);

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

    /** {@link System#nanoTime()} of a deadline that is never reached. */
    static long never() {
        return System.nanoTime() + Long.MAX_VALUE / 2;
    }

    void put(Message message) {
        items.add(new Item(Kind.MESSAGE, message));
    }

    /** The supervisor is gone; what it said before is still read. */
    void close() {
        items.add(CLOSED);
    }

    /** Whoever waits shall come to an end. */
    void stop() {
        items.add(STOP);
    }

    /** Whoever waits for something in the framework shall look again. */
    void changed() {
        if (!items.contains(CHANGED)) {
            items.add(CHANGED);
        }
    }

    /** Forgets what was said in an earlier update. */
    void clear() {
        items.removeIf(item -> item != CLOSED);
    }

    /**
     * Waits for the next item. An interrupt does not end the wait: an update is not left half-way.
     *
     * @param deadline
     *            {@link System#nanoTime()} at which the time is up
     */
    Item next(long deadline) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Item item = items.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    if (item == CLOSED) {
                        items.add(CLOSED);
                    }
                    return item == null ? NOTHING : item;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
