package org.liveupdate.core.luo;

import java.util.IdentityHashMap;
import java.util.Map;
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

    /** By the file itself; null until a callback asks for the token of a file. Guarded by the session's turn. */
    private Map<Object, HeldFile> byFile;

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

    /** The file that was preserved as this very object, or null. */
    HeldFile held(Object file) {
        if (byFile == null) {
            byFile = new IdentityHashMap<>();
            for (HeldFile each = newest; each != null; each = each.older) {
                byFile.put(each.file, each);
            }
        }
        return byFile.get(file);
    }

    void add(HeldFile file) {
        if (byFile != null) {
            byFile.put(file.file, file);
        }
        byToken.add(file.token, file);
        newest = file;
        size++;
    }

    /** Takes the newest file out. */
    void removeNewest() {
        if (byFile != null) {
            byFile.remove(newest.file);
        }
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
