package org.liveupdate.core.luo;

import org.liveupdate.api.Side;

/**
 * A session on its way to the next generation. Its files form a chain from the newest to the oldest; only its head
 * changes, so that it can be read at any time without waiting.
 */
final class OutgoingSession extends SessionState {
    /** Changed in the session's turn. */
    private volatile HeldFile newest;
    /** Changed in the session's turn. */
    private volatile int size;
    /** Guarded by the session's turn. */
    private final TokenTable<HeldFile> byToken = new TokenTable<>(0);

    OutgoingSession(String name, Turn turn) {
        super(name, turn);
    }

    @Override
    public Side side() {
        return Side.OUTGOING;
    }

    @Override
    int size() {
        return size;
    }

    HeldFile newest() {
        return newest;
    }

    boolean hasToken(long token) {
        return byToken.get(token) != null;
    }

    void add(HeldFile file) {
        byToken.add(file.token, file);
        newest = file;
        size++;
    }

    /** Takes the newest file out. */
    void removeNewest() {
        byToken.remove(newest.token);
        newest = newest.older;
        size--;
    }

    /** The files, oldest first: a copy. */
    HeldFile[] oldestFirst() {
        HeldFile head = newest;
        int count = 0;
        for (HeldFile file = head; file != null; file = file.older) {
            count++;
        }
        HeldFile[] files = new HeldFile[count];
        for (HeldFile file = head; file != null; file = file.older) {
            files[--count] = file;
        }
        return files;
    }
}
